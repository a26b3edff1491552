// The brokers of a sweep, in a process that no kill reaches: a fresh simulator for each run, each with its own journal.
import { SyntheticFeed } from "@trenddojo/brokers";
import { money } from "@trenddojo/brokers/domain";
import {
  FileJournal,
  parseFaultScript,
  parseTwsFaultScript,
  startAlpacaSimulator,
  startTwsSimulator,
} from "@trenddojo/simulators";
import { z } from "zod";
import { BROKER_KINDS } from "../desk/BrokerKind.ts";
import { HastyClock } from "../desk/HastyClock.ts";
import { answerParent } from "../lib/answerParent.ts";
import { ORACLE_KEYS } from "./keys.ts";

/** Each run's budget begins anew with its desk; the vendor's would end the sweep's tempo, not the desk's. */
const REQUESTS_PER_MINUTE = 100_000;
/** The account's number is the same in every run: the desk that was prepared for it knows it. */
const ACCOUNT_SEED = 1;
const GATEWAY_ACCOUNT = "DU1234567";

const asked = z.union([
  z.strictObject({
    open: z.strictObject({
      broker: z.enum(BROKER_KINDS),
      seed: z.number(),
      journalFile: z.string(),
      latencyMs: z.number(),
    }),
  }),
  z.strictObject({ faults: z.strictObject({ url: z.string(), script: z.string() }) }),
  z.strictObject({ cut: z.string() }),
  z.strictObject({ positions: z.string() }),
  z.strictObject({ close: z.string() }),
]);

/** Enough for a life of many runs: what a rule denies tries nothing of the wire. */
const CASH = money("10000000");

const { aheadMs } = z.strictObject({ aheadMs: z.number() }).parse(JSON.parse(process.argv[2] ?? ""));
const clock = new HastyClock(1, aheadMs);
/** A simulator, whoever's. */
interface OpenVenue extends AsyncDisposable {
  readonly addFaults: (script: string) => void;
  readonly cut: () => void;
  readonly positions: () => readonly { readonly symbol: string; readonly qty: string }[];
}
const open = new Map<string, OpenVenue>();
const journals = new Map<string, FileJournal>();

function find(url: string): OpenVenue {
  const found = open.get(url);
  if (found === undefined) throw new Error(`no simulator is at ${url}`);
  return found;
}

async function openAlpaca(seed: number, journal: FileJournal, latencyMs: number): Promise<string> {
  const simulator = await startAlpacaSimulator({
    clock,
    feed: new SyntheticFeed({ clock, seed }),
    accounts: [{ ...ORACLE_KEYS, cash: CASH }],
    seed: ACCOUNT_SEED,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    quirks: { latencyMs },
    journal,
  });
  const url = simulator.endpoints.trading;
  open.set(url, {
    addFaults: (script) => {
      for (const rule of parseFaultScript(script)) simulator.faults.add(rule);
    },
    cut: () => simulator.closeStreams("all"),
    positions: () => {
      throw new Error("Alpaca's positions are asked of it over its API");
    },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  });
  return url;
}

async function openGateway(seed: number, journal: FileJournal, latencyMs: number): Promise<string> {
  const simulator = await startTwsSimulator({
    clock,
    feed: new SyntheticFeed({ clock, seed }),
    accounts: [{ id: GATEWAY_ACCOUNT, cash: CASH }],
    seed: ACCOUNT_SEED,
    quirks: { latencyMs },
    journal,
  });
  const url = `http://${simulator.host}:${simulator.port}`;
  open.set(url, {
    addFaults: (script) => {
      for (const rule of parseTwsFaultScript(script)) simulator.faults.add(rule);
    },
    cut: () => simulator.cut(),
    positions: () => simulator.positions(GATEWAY_ACCOUNT).map(({ symbol, quantity }) => ({ symbol, qty: quantity })),
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  });
  return url;
}

answerParent(async (question) => {
  const wish = asked.parse(question);
  if ("open" in wish) {
    const { broker, seed, journalFile, latencyMs } = wish.open;
    const journal = new FileJournal(journalFile);
    const url = await (broker === "alpaca" ? openAlpaca : openGateway)(seed, journal, latencyMs);
    journals.set(url, journal);
    return url;
  }
  if ("faults" in wish) return find(wish.faults.url).addFaults(wish.faults.script);
  if ("cut" in wish) return find(wish.cut).cut();
  if ("positions" in wish) return find(wish.positions).positions();
  const found = open.get(wish.close);
  open.delete(wish.close);
  await found?.[Symbol.asyncDispose]();
  journals.get(wish.close)?.[Symbol.dispose]();
  journals.delete(wish.close);
  return null;
});
