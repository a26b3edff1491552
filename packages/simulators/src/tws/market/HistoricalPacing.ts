const WINDOW_MS = 600_000;
const MOST_IN_WINDOW = 60;
const BURST_MS = 2_000;
const MOST_IN_BURST = 5;
const SAME_MS = 15_000;

interface Asked {
  readonly at: number;
  readonly contract: string;
  readonly request: string;
  readonly weight: number;
}

/**
 * What TWS lets a client ask of its history: 60 requests in ten minutes, five of one contract in two seconds, none twice in
 * fifteen seconds; BID_ASK counts double. Source: https://interactivebrokers.github.io/tws-api/historical_limitations.html
 */
export class HistoricalPacing {
  #asked: Asked[] = [];

  /**
   * Counts a request, unless it comes too soon.
   * @param at milliseconds of a clock that never goes back.
   */
  allows(asked: Asked): boolean {
    const { at, contract, request, weight } = asked;
    this.#asked = this.#asked.filter((each) => each.at > at - WINDOW_MS);
    const since = (spanMs: number): readonly Asked[] => this.#asked.filter((each) => each.at > at - spanMs);
    const sum = (list: readonly Asked[]): number => list.reduce((total, each) => total + each.weight, 0);
    const isTooMuch =
      sum(this.#asked) + weight > MOST_IN_WINDOW ||
      sum(since(BURST_MS).filter((each) => each.contract === contract)) + weight > MOST_IN_BURST ||
      since(SAME_MS).some((each) => each.request === request);
    if (isTooMuch) return false;
    this.#asked.push(asked);
    return true;
  }
}
