import type { CallOptions } from "@trenddojo/brokers";
import {
  ForwardingBrokerClient,
  nextBeginning,
  WITHOUT_RISK_LIMITS,
  type AlpacaClient,
  type BrokerContractHarness,
} from "@trenddojo/brokers/testing";
import type { AlpacaSimulator } from "../startAlpacaSimulator.ts";
import { ClientBench } from "./ClientBench.ts";

/** Time stands still while a case asks, so that a minute's budget would never come back. */
const REQUESTS_A_MINUTE = 1_000_000;
/** Shorter than the client waits for an answer. */
const HELD_MS = 5_000;
/** Longer than a session's loop sleeps, so that it has seen the time that it woke up in. */
const NOTICED_MS = 1_000;
/** Commands, and a question: at Alpaca a question does not wait for a command. */
const HELD_REQUESTS = [
  { method: "POST", path: "/v2/orders" },
  { method: "PATCH", path: "/v2/orders/{order_id}" },
  { method: "DELETE", path: "/v2/orders/{order_id}" },
  { method: "GET", path: "/v2/orders" },
] as const;

/** A client whose outages last until somebody connects again. */
class PatientClient extends ForwardingBrokerClient {
  readonly #simulator: AlpacaSimulator;

  constructor(client: AlpacaClient, simulator: AlpacaSimulator) {
    super(client);
    this.#simulator = simulator;
  }

  override async connect(options?: CallOptions): Promise<boolean> {
    await this.#simulator.goOnline();
    return super.connect(options);
  }
}

/** Alpaca's client, held to the contract over the simulator. */
export async function createAlpacaHarness(): Promise<BrokerContractHarness> {
  const bench = await ClientBench.open({
    requestsPerMinute: REQUESTS_A_MINUTE,
    // A case places its orders in the regular session, whatever auction they are for, and waits seconds, not a night, for
    // news of its account.
    quirks: { sizes: "displayed", auctionHours: "exchange", activityDelay: "none" },
  });
  const { clock, feed, simulator } = bench;
  const create = (): PatientClient => new PatientClient(bench.createClient(), simulator);
  const client = create();
  let newest = client;
  const releases: Promise<void>[] = [];
  return {
    client,
    market: {
      quote: (symbol, bid, ask, size) => bench.quote(symbol, bid, ask, size),
      print: (symbol, price) => bench.print(symbol, price),
      advance: (ms) => bench.advance(ms),
      until: (condition) => bench.until(condition),
      async enter(session) {
        clock.setWallTime(nextBeginning(clock.now(), session));
        await bench.advance(NOTICED_MS);
      },
      async tell(news) {
        // A status is told once, to those whose subscription has arrived by then.
        await bench.settle();
        feed.tell(news);
        await bench.settle();
      },
    },
    broker: {
      async breakConnection() {
        await simulator.goOffline();
        await bench.until(() => !client.getConnectionStatus().isHealthy);
      },
      liftRiskLimits: () => {
        bench.riskPolicy = WITHOUT_RISK_LIMITS;
      },
      holdAnswers: () => {
        const held = HELD_REQUESTS.map((request) =>
          simulator.faults.add({
            on: "request",
            ...request,
            times: 1_000,
            do: { kind: "delay", when: "after", ms: HELD_MS },
          }),
        );
        return () => {
          for (const rule of held) rule[Symbol.dispose]();
          releases.push(bench.advance(HELD_MS));
        };
      },
      async reopen() {
        await newest.disconnect();
        newest = create();
        await newest.connect();
        return newest;
      },
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(releases);
      await bench[Symbol.asyncDispose]();
    },
  };
}
