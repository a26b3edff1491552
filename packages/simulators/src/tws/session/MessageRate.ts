const SECOND_MS = 1_000;
const STRIKES = 3;

/** How many messages a client sends in a second, and how often it was too many. */
export class MessageRate {
  readonly #most: number | null;
  #times: number[] = [];
  #strikes = 0;

  /** @param most messages a second; null for any number. */
  constructor(most: number | null) {
    this.#most = most;
  }

  /**
   * Counts a message.
   * @param at milliseconds of a clock that never goes back.
   * @returns whether it is taken, refused, or the last one too many.
   */
  count(at: number): "taken" | "refused" | "last" {
    if (this.#most === null) return "taken";
    this.#times = this.#times.filter((time) => time > at - SECOND_MS);
    this.#times.push(at);
    if (this.#times.length <= this.#most) return "taken";
    this.#strikes += 1;
    return this.#strikes >= STRIKES ? "last" : "refused";
  }
}
