import type { BrokerClient } from "@trenddojo/brokers";
import {
  AlpacaClient,
  DEFAULT_RISK_POLICY,
  FakeClock,
  ManualFeed,
  seededRandom,
  silentLogger,
} from "@trenddojo/brokers/testing";
import { startAlpacaSimulator, type AlpacaSimulator, type AlpacaSimulatorOptions } from "../startAlpacaSimulator.ts";
import { KEY, SECRET } from "./Bench.ts";
import { LoopbackProbe } from "./LoopbackProbe.ts";

export type RiskPolicy = typeof DEFAULT_RISK_POLICY;

/** More hops than it takes from an answer to the next request that it leads to. */
const QUIET_TRIPS = 4;
/** Time moves on in steps, and what each begins over the sockets is done before the next. */
const STEP_MS = 250;
const PATIENCE_MS = 10_000;

/** The desk's client in paper mode over a simulator in this process, in a market made by hand that keeps the exchange's hours. */
export class ClientBench implements AsyncDisposable {
  readonly clock: FakeClock;
  readonly feed: ManualFeed;
  readonly simulator: AlpacaSimulator;
  /** Of clients made from here on and before. */
  riskPolicy: RiskPolicy = DEFAULT_RISK_POLICY;
  readonly #clients: BrokerClient[] = [];
  readonly #probe: LoopbackProbe;

  private constructor(clock: FakeClock, feed: ManualFeed, simulator: AlpacaSimulator, probe: LoopbackProbe) {
    this.#probe = probe;
    this.clock = clock;
    this.feed = feed;
    this.simulator = simulator;
  }

  /** Friday 2026-11-20, 10:00 in New York; AAPL at 100.00 to 100.02, MSFT at 200.00 to 200.05, TSLA without a price. */
  static async open(options: Partial<AlpacaSimulatorOptions> = {}): Promise<ClientBench> {
    const clock = new FakeClock();
    const feed = new ManualFeed({ clock, alwaysOpen: false });
    feed.quote("AAPL", 100, 100.02);
    feed.quote("MSFT", 200, 200.05);
    const accounts = [{ key: KEY, secret: SECRET }];
    const simulator = await startAlpacaSimulator({ clock, feed, accounts, ...options });
    return new ClientBench(clock, feed, simulator, await LoopbackProbe.open());
  }

  /** As a new process makes it: with chance of its own. Not connected. */
  createClient(keys: { readonly keyId: string; readonly secretKey: string } = { keyId: KEY, secretKey: SECRET }) {
    const client = new AlpacaClient(
      {
        mode: "paper",
        keys,
        venue: { kind: "simulator", ...this.simulator.endpoints },
        riskPolicy: () => this.riskPolicy,
      },
      { clock: this.clock, random: seededRandom(this.#clients.length + 1), logger: silentLogger },
    );
    this.#clients.push(client);
    return client;
  }

  async connected(): Promise<AlpacaClient> {
    const client = this.createClient();
    await client.connect();
    return client;
  }

  /** Resolves when what was under way has arrived, and has led to no further request. */
  async settle(): Promise<void> {
    const { journal } = this.simulator;
    let seen = journal.entries.length;
    for (let trip = 0; trip < QUIET_TRIPS; trip += 1) {
      await this.simulator.settleStreams();
      await this.#probe.roundTrip();
      if (journal.entries.length !== seen) trip = 0;
      seen = journal.entries.length;
    }
  }

  async advance(ms: number): Promise<void> {
    await this.settle();
    for (let left = ms; left > 0; left -= STEP_MS) {
      await this.clock.advance(Math.min(STEP_MS, left));
      await this.settle();
    }
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
    for (const client of this.#clients) await client.disconnect();
    await this.simulator[Symbol.asyncDispose]();
    await this.#probe[Symbol.asyncDispose]();
  }
}
