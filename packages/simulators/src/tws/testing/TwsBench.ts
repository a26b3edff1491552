import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import { startTwsSimulator, type TwsSimulator, type TwsSimulatorOptions } from "../startTwsSimulator.ts";

export const ACCOUNT = "DU1234567";

/** A gateway whose time and prices a test makes. */
export class TwsBench implements AsyncDisposable {
  readonly clock: FakeClock;
  readonly feed: ManualFeed;
  readonly simulator: TwsSimulator;

  private constructor(clock: FakeClock, feed: ManualFeed, simulator: TwsSimulator) {
    this.clock = clock;
    this.feed = feed;
    this.simulator = simulator;
  }

  /** Friday 2026-11-20, 10:00 in New York; AAPL at 100.00 to 100.02, MSFT at 400.00 to 400.10, TSLA at 250.00 to 250.05. */
  static async open(
    options: Partial<TwsSimulatorOptions> & { readonly startAt?: number; readonly alwaysOpen?: boolean } = {},
  ): Promise<TwsBench> {
    const { startAt, alwaysOpen = false, ...given } = options;
    const clock = new FakeClock(startAt);
    const feed = new ManualFeed({ clock, alwaysOpen });
    const simulator = await startTwsSimulator({ clock, feed, accounts: [{ id: ACCOUNT }], ...given });
    const bench = new TwsBench(clock, feed, simulator);
    bench.quoteAll();
    return bench;
  }

  quoteAll(size?: number): void {
    this.feed.quote("AAPL", 100, 100.02, size);
    this.feed.quote("MSFT", 400, 400.1, size);
    this.feed.quote("TSLA", 250, 250.05, size);
    this.feed.print("AAPL", 100.02);
    this.feed.print("MSFT", 400.1);
    this.feed.print("TSLA", 250.05);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.simulator[Symbol.asyncDispose]();
  }
}
