import { CountedRules } from "../../CountedRules.ts";
import { readFaultLines } from "../../faultLines.ts";
import {
  twsFaultRuleSchema,
  type ConnectAct,
  type GatewayAct,
  type ReplyAct,
  type RequestAct,
  type TwsFaultRule,
  type TwsFaultRuleInput,
} from "./TwsFaultRule.ts";

type CountedFaultRule = Exclude<TwsFaultRule, { readonly on: "time" }>;

/** Reads a script: one rule a line as JSON; empty lines and lines that begin with # are skipped. @throws FaultScriptError */
export function parseTwsFaultScript(text: string): readonly TwsFaultRule[] {
  return readFaultLines(text, twsFaultRuleSchema);
}

/** The rules that are in force. Each counts what it matches; of several that are due the first added acts. */
export class TwsFaultScript {
  readonly #rules = new CountedRules<CountedFaultRule>();
  readonly #timers = new Set<Disposable>();
  readonly #later: (afterMs: number, act: GatewayAct) => Disposable;

  /** @param later does something to the gateway, so many milliseconds from now. */
  constructor(later: (afterMs: number, act: GatewayAct) => Disposable) {
    this.#later = later;
  }

  /** Until it is disposed, or has acted as often as it should. @throws for a rule that is none. */
  add(given: TwsFaultRuleInput): Disposable {
    const rule = twsFaultRuleSchema.parse(given);
    if (rule.on !== "time") return this.#rules.add(rule);
    const timer = this.#later(rule.afterMs, rule.do);
    this.#timers.add(timer);
    return timer;
  }

  clear(): void {
    this.#rules.clear();
    for (const timer of this.#timers) timer[Symbol.dispose]();
    this.#timers.clear();
  }

  /** What is to go wrong with a connection. @param clientId null before it has said it. */
  onConnect(clientId: number | null): ConnectAct | undefined {
    // Who it is matters to "busy" alone, and everything else is over by then.
    return this.#rules.due((rule) =>
      rule.on === "connect" && (rule.do.kind === "busy") === (clientId !== null) && isOf(rule, clientId)
        ? rule.do
        : undefined,
    );
  }

  onRequest(request: string, clientId: number): RequestAct | undefined {
    return this.#rules.due((rule) =>
      rule.on === "request" && (rule.request === undefined || rule.request === request) && isOf(rule, clientId)
        ? rule.do
        : undefined,
    );
  }

  /** What is to go wrong with a message. @param status of an orderStatus or openOrder. */
  onReply(reply: string, status: string | undefined, clientId: number): ReplyAct | undefined {
    return this.#rules.due((rule) =>
      rule.on === "reply" &&
      (rule.reply === undefined || rule.reply === reply) &&
      (rule.status === undefined || rule.status === status) &&
      isOf(rule, clientId)
        ? rule.do
        : undefined,
    );
  }
}

function isOf(rule: { readonly clientId?: number | undefined }, clientId: number | null): boolean {
  return rule.clientId === undefined || clientId === null || rule.clientId === clientId;
}
