import { CountedRules } from "../../CountedRules.ts";
import { readFaultLines } from "../../faultLines.ts";
import {
  faultRuleSchema,
  type FaultRule,
  type FaultRuleInput,
  type HandshakeAct,
  type MessageAct,
  type RequestAct,
} from "./FaultRule.ts";

export type StreamName = "trading" | "data";

/** Reads a script: one rule a line as JSON; empty lines and lines that begin with # are skipped. @throws FaultScriptError */
export function parseFaultScript(text: string): readonly FaultRule[] {
  return readFaultLines(text, faultRuleSchema);
}

/** The rules that are in force. Each counts what it matches; of several that are due the first added acts. */
export class FaultScript {
  readonly #rules = new CountedRules<FaultRule>();

  /** Until it is disposed, or has acted as often as it should. @throws for a rule that is none. */
  add(given: FaultRuleInput): Disposable {
    return this.#rules.add(faultRuleSchema.parse(given));
  }

  clear(): void {
    this.#rules.clear();
  }

  /** What is to go wrong with a request. `route` is the path as the documents write it, where it is one of theirs. */
  onRequest(method: string, path: string, route: string | undefined): RequestAct | undefined {
    return this.#rules.due((rule) =>
      rule.on === "request" &&
      (rule.method === undefined || rule.method === method) &&
      (rule.path === undefined || rule.path === route || isLike(rule.path, path))
        ? rule.do
        : undefined,
    );
  }

  onHandshake(stream: StreamName): HandshakeAct | undefined {
    return this.#rules.due((rule) =>
      rule.on === "handshake" && (rule.stream === undefined || rule.stream === stream) ? rule.do : undefined,
    );
  }

  /** What is to go wrong with a message of this type. */
  onMessage(stream: StreamName, type: string): MessageAct | undefined {
    return this.#rules.due((rule) =>
      rule.on === "message" && rule.stream === stream && (rule.type === undefined || rule.type === type)
        ? rule.do
        : undefined,
    );
  }
}

function isLike(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}
