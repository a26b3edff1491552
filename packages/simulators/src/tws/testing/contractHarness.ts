import type { BrokerClient } from "@trenddojo/brokers";
import { nextBeginning, WITHOUT_RISK_LIMITS, type BrokerContractHarness } from "@trenddojo/brokers/testing";
import type { TwsSimulatorOptions } from "../startTwsSimulator.ts";
import { TwsClientBench } from "./TwsClientBench.ts";

/** Shorter than the client waits for an answer. */
const HELD_MS = 5_000;
/** Longer than a session's loop sleeps, so that it has seen the time that it woke up in. */
const NOTICED_MS = 1_000;
/** What a command needs to know before it is written has come by then; no answer that is held has. */
const WRITTEN_MS = 1_000;
/** What answers commands and the questions about orders. */
const HELD_REPLIES = ["openOrder", "orderStatus", "openOrderEnd"] as const;

/** Answered without waiting for anything. */
const SYNCHRONOUS: ReadonlySet<string | symbol> = new Set(["isConnected", "getConnectionStatus", "withdrawOrder"]);

/** Interactive Brokers' client, held to the contract over the simulator of its gateway. */
export async function createTwsHarness(options: Partial<TwsSimulatorOptions> = {}): Promise<BrokerContractHarness> {
  const bench = await TwsClientBench.open(options);
  const { clock, feed, simulator } = bench;
  let isHeld = false;
  /** What was held is on its way: nothing is asked before it has come. */
  let releasing: Promise<void> = Promise.resolve();

  /** As the client itself, but that time passes while it waits, and that an outage lasts until somebody connects again. */
  const paced = (client: BrokerClient): BrokerClient =>
    new Proxy(client, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== "function") return member;
        return (...parts: readonly unknown[]): unknown => {
          if (SYNCHRONOUS.has(key)) return Reflect.apply(member, target, parts);
          const ready = key === "connect" ? simulator.goOnline() : releasing;
          const begun = ready.then((): unknown => Reflect.apply(member, target, parts));
          return isHeld ? begun : bench.whileTimePasses(begun);
        };
      },
    });
  const create = (): BrokerClient => paced(bench.createClient());
  const client = create();
  let newest = client;
  return {
    client,
    market: {
      quote: (symbol, bid, ask, size) => bench.quote(symbol, bid, ask, size),
      print: (symbol, price) => bench.print(symbol, price),
      tellsQuoteTimes: false,
      advance: (ms) => bench.advance(isHeld ? Math.max(ms, WRITTEN_MS) : ms),
      until: (condition) => bench.until(condition),
      async enter(session) {
        clock.setWallTime(nextBeginning(clock.now(), session));
        await bench.advance(NOTICED_MS);
      },
      async tell(news) {
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
        isHeld = true;
        const held = HELD_REPLIES.map((reply) =>
          simulator.faults.add({ on: "reply", reply, times: 1_000, do: { kind: "delay", ms: HELD_MS } }),
        );
        return () => {
          isHeld = false;
          for (const rule of held) rule[Symbol.dispose]();
          releasing = bench.advance(HELD_MS);
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
      await releasing;
      await bench[Symbol.asyncDispose]();
    },
  };
}
