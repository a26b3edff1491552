import type { Breach } from "./checkRun.ts";

/** The last line of a sweep. */
export class Tally {
  readonly #seed: number;
  #runs = 0;
  #repeated = 0;
  readonly #breaches: Breach[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  add(breaches: readonly Breach[]): void {
    this.#runs += 1;
    this.#breaches.push(...breaches);
  }

  /** A run proved nothing, and is done again. */
  repeat(): void {
    this.#repeated += 1;
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
