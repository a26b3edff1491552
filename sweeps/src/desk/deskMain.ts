// The desk of a sweep, as the product puts it together, with a hand on the switch: it can kill itself at a point of an order's way.
import { mkdir } from "node:fs/promises";
import { alpacaSimulatorAt, SyntheticFeed, SystemRandom } from "@trenddojo/brokers";
import { createDb } from "@trenddojo/db";
import { createLogger, createServer } from "@trenddojo/server/testing";
import { answerParent } from "../lib/answerParent.ts";
import { deskOptions } from "./deskOptions.ts";
import { HastyClock } from "./HastyClock.ts";
import { readFacts } from "./readFacts.ts";
import { reachingVenue } from "./reachingVenue.ts";

const KEY = Buffer.alloc(32, 7);
const UNLIMITED = { perSecond: 1_000_000, burst: 1_000_000 };

const options = deskOptions.parse(JSON.parse(process.argv[2] ?? ""));
const { dataDir, databaseUrl, broker, venue, fail, haste, aheadMs, logLevel } = options;
const clock = new HastyClock(haste, aheadMs);
await mkdir(dataDir, { recursive: true, mode: 0o700 });
const store = await createDb({ dataDir, databaseUrl: databaseUrl ?? undefined });
// Prices of the built-in account keep the real pace, for they are work, not patience; they are of the desk's own day.
const feed = new SyntheticFeed({ clock: new HastyClock(1, aheadMs), seed: 1 });
await feed.start();

let passed = 0;
const server = await createServer({
  host: "127.0.0.1",
  port: 0,
  publicOrigins: undefined,
  allowLive: false,
  ...(broker === "alpaca" ? { alpacaVenue: alpacaSimulatorAt(venue) } : { wrapRegistry: reachingVenue(venue) }),
  paperStartingCash: "100000",
  version: "0.0.0-sweep",
  webRoot: undefined,
  store,
  feed,
  keyEncryptionKey: { version: 1, key: KEY },
  clock,
  random: new SystemRandom(),
  log: createLogger(logLevel),
  ...(options.isUnlimited ? { buckets: { order: UNLIMITED } } : {}),
  failPoint: (name) => {
    if (name === fail?.point && (passed += 1) === fail.nth) process.kill(process.pid, "SIGKILL");
  },
});

answerParent(async (question) => {
  const { what } = Object(question);
  if (what === "url") return server.url;
  if (what === "facts") return readFacts(store.db);
  await server.close();
  await feed[Symbol.asyncDispose]();
  await store.close();
  return null;
});
