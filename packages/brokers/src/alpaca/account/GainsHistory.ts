import { backoffMs } from "../../backoff.ts";
import type { BrokerDeps } from "../../deps.ts";
import { ACTIVITIES_A_PAGE, type TradingRest } from "../rest/TradingRest.ts";
import { RealizedGains } from "./RealizedGains.ts";

/** What one question for the account's money may cost beside: five hundred executions. */
const PAGES_A_READ = 5;

/**
 * What the account's closed positions have earned, from all its executions and splits, each page of which is read once
 * and then only what is new. Whoever asks waits for a few pages at most; an account with more is read on in the
 * background, a page at a time, and until its end has come nothing is said: a part of the executions gives no part of
 * the gains.
 */
export class GainsHistory {
  readonly #rest: TradingRest;
  readonly #deps: Pick<BrokerDeps, "clock" | "random">;
  readonly #gains = new RealizedGains();
  #lastId: string | undefined;
  #isAtEnd = false;
  #isReading = false;
  /** Failures in a row, and until when the background leaves it alone, the monotonic clock. */
  #failures = 0;
  #restsUntil = Number.NEGATIVE_INFINITY;
  /** Reads never overlap: each goes on where the last one ended. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(rest: TradingRest, deps: Pick<BrokerDeps, "clock" | "random">) {
    this.#rest = rest;
    this.#deps = deps;
  }

  /** Up to now; null while older ones are still to be read. @throws BrokerError */
  async gains(): Promise<RealizedGains | null> {
    await this.#inLane(PAGES_A_READ);
    return this.#isAtEnd ? this.#gains : null;
  }

  /** Called every second: reads on where a question has begun to, after a failure not at once. @throws BrokerError */
  async tend(): Promise<void> {
    if (this.#lastId === undefined || this.#isAtEnd || this.#isReading) return;
    if (this.#deps.clock.monotonic() < this.#restsUntil) return;
    await this.#inLane(1);
  }

  #inLane(pages: number): Promise<void> {
    const mine = this.#lane.then(() => this.#readOn(pages));
    this.#lane = mine.catch(() => undefined);
    return mine;
  }

  async #readOn(pages: number): Promise<void> {
    this.#isReading = true;
    try {
      for (let page = 0; page < pages; page += 1) {
        const from = this.#lastId === undefined ? {} : { pageToken: this.#lastId };
        const activities = await this.#rest.getFillsAndSplits(from);
        this.#failures = 0;
        for (const each of activities) this.#gains.take(each);
        const last = activities.at(-1)?.id;
        this.#isAtEnd = activities.length < ACTIVITIES_A_PAGE || last === this.#lastId;
        this.#lastId = last ?? this.#lastId;
        if (this.#isAtEnd) return;
      }
    } catch (error) {
      const { clock, random } = this.#deps;
      this.#restsUntil = clock.monotonic() + backoffMs(this.#failures, random);
      this.#failures += 1;
      throw error;
    } finally {
      this.#isReading = false;
    }
  }
}
