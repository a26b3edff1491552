import type { BrokerClient } from "@trenddojo/brokers";
import {
  DEFAULT_RISK_POLICY,
  FakeClock,
  InteractiveBrokersClient,
  ManualFeed,
  MemoryOrderIdStore,
  seededRandom,
  silentLogger,
} from "@trenddojo/brokers/testing";
import { LoopbackProbe } from "../../alpaca/testing/LoopbackProbe.ts";
import { startTwsSimulator, type TwsSimulator, type TwsSimulatorOptions } from "../startTwsSimulator.ts";
import { ACCOUNT } from "./TwsBench.ts";

type RiskPolicy = typeof DEFAULT_RISK_POLICY;

/** More hops than it takes from an answer to the next request that it leads to. */
const QUIET_TRIPS = 3;
/** Time moves on in steps, and what each begins over the sockets is done before the next. */
const STEP_MS = 250;
const PATIENCE_MS = 15_000;

/** The desk's client in paper mode over a gateway in this process, in a market made by hand that keeps the exchange's hours. */
export class TwsClientBench implements AsyncDisposable {
  readonly clock: FakeClock;
  readonly feed: ManualFeed;
  readonly simulator: TwsSimulator;
  /** Of the gateway's login: it outlives each client. */
  readonly orderIds = new MemoryOrderIdStore();
  /** Of clients made from here on and before. */
  riskPolicy: RiskPolicy = DEFAULT_RISK_POLICY;
  readonly #clients: BrokerClient[] = [];
  readonly #probe: LoopbackProbe;
  /** Two that move time on take turns. */
  #lane: Promise<unknown> = Promise.resolve();

  private constructor(clock: FakeClock, feed: ManualFeed, simulator: TwsSimulator, probe: LoopbackProbe) {
    this.clock = clock;
    this.feed = feed;
    this.simulator = simulator;
    this.#probe = probe;
  }

  /** Friday 2026-11-20, 10:00 in New York; AAPL at 100.00 to 100.02, MSFT at 200.00 to 200.05, TSLA without a price. */
  static async open(options: Partial<TwsSimulatorOptions> = {}): Promise<TwsClientBench> {
    const clock = new FakeClock();
    const feed = new ManualFeed({ clock, alwaysOpen: false });
    feed.quote("AAPL", 100, 100.02);
    feed.quote("MSFT", 200, 200.05);
    const simulator = await startTwsSimulator({ clock, feed, accounts: [{ id: ACCOUNT }], ...options });
    return new TwsClientBench(clock, feed, simulator, await LoopbackProbe.open());
  }

  /** As a new process makes it: with chance of its own. Not connected. @param account of a login that has several */
  createClient(account?: string): InteractiveBrokersClient {
    const { host, port } = this.simulator;
    const client = new InteractiveBrokersClient(
      {
        mode: "paper",
        gateway: { host, port, clientId: 1 },
        ...(account === undefined ? {} : { account }),
        orderIds: this.orderIds,
        riskPolicy: () => this.riskPolicy,
      },
      { clock: this.clock, random: seededRandom(this.#clients.length + 1), logger: silentLogger },
    );
    this.#clients.push(client);
    return client;
  }

  async connected(account?: string): Promise<InteractiveBrokersClient> {
    const client = this.createClient(account);
    await this.whileTimePasses(client.connect());
    return client;
  }

  /** Resolves when what was under way has arrived, and has led to no further request. */
  async settle(): Promise<void> {
    const { journal } = this.simulator;
    let seen = journal.entries.length;
    for (let trip = 0; trip < QUIET_TRIPS; trip += 1) {
      await this.#probe.roundTrip();
      if (journal.entries.length !== seen) trip = 0;
      seen = journal.entries.length;
    }
  }

  advance(ms: number): Promise<void> {
    return this.#inLane(async () => {
      await this.settle();
      for (let left = ms; left > 0; left -= STEP_MS) {
        await this.clock.advance(Math.min(STEP_MS, left));
        await this.settle();
      }
    });
  }

  /** Waits for work that itself waits for time to pass: a gateway says only after eleven seconds that there is no price. */
  async whileTimePasses<Result>(work: Promise<Result>): Promise<Result> {
    const outcome = { isSettled: false };
    const end = (): void => {
      outcome.isSettled = true;
    };
    work.then(end, end);
    await this.settle();
    while (!outcome.isSettled) await this.advance(STEP_MS);
    return work;
  }

  /** @throws Error when `condition` does not come to hold within `patienceMs` of market time. */
  async until(condition: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
    for (let passedMs = 0; !condition(); passedMs += STEP_MS) {
      if (passedMs > patienceMs) throw new Error(`the condition did not hold within ${patienceMs} ms of market time`);
      await this.advance(STEP_MS);
    }
  }

  async quote(symbol: string, bid: number | null, ask: number | null, size?: number): Promise<void> {
    await this.advance(1);
    this.feed.quote(symbol, bid, ask, size);
    await this.settle();
  }

  async print(symbol: string, price: number): Promise<void> {
    await this.advance(1);
    this.feed.print(symbol, price);
    await this.settle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await this.whileTimePasses(client.disconnect());
    await this.simulator[Symbol.asyncDispose]();
    await this.#probe[Symbol.asyncDispose]();
  }

  #inLane<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(work);
    this.#lane = mine.catch(() => undefined);
    return mine;
  }
}
