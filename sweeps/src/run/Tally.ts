import type { Breach } from "./checkRun.ts";
import type { Answer, Submit } from "./Submit.ts";

/** The last line of a sweep. */
export class Tally {
  readonly #seed: number;
  #runs = 0;
  #repeated = 0;
  readonly #commands = new Map<string, number>();
  readonly #breaches: Breach[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** @param submits what the run asked for */
  add(breaches: readonly Breach[], submits: readonly Submit[]): void {
    this.#runs += 1;
    for (const { order, answer, command, commandAnswer } of submits) {
      this.#asked(order.side, answer);
      if (command !== null) this.#asked(command.kind, commandAnswer);
    }
    this.#breaches.push(...breaches);
  }

  /** A run proved nothing, and is done again. */
  repeat(): void {
    this.#repeated += 1;
  }

  #asked(kind: string, answer: Answer | null): void {
    const what = answer?.kind === "order" ? kind : `${kind} (${answer?.code ?? "no answer"})`;
    this.#commands.set(what, (this.#commands.get(what) ?? 0) + 1);
  }

  /** How often each was asked for, and what was refused of it. */
  commands(): string {
    return JSON.stringify({ commands: Object.fromEntries(this.#commands) });
  }

  get isClean(): boolean {
    return this.#breaches.length === 0;
  }

  line(more: Readonly<Record<string, unknown>> = {}): string {
    const count = (kind: Breach["kind"]) => this.#breaches.filter((each) => each.kind === kind).length;
    return JSON.stringify({
      runs: this.#runs,
      lost: count("lost"),
      duplicated: count("duplicated"),
      orphaned: count("orphaned"),
      invariantBreaches: this.#breaches.length,
      unresolved: count("unresolved"),
      repeated: this.#repeated,
      seed: this.#seed,
      ...more,
    });
  }
}
