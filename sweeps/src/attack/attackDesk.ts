// The desk that is attacked: as the product puts it together, with the product's limits, in a process of its own.
import { mkdir } from "node:fs/promises";
import { SyntheticFeed, SystemClock, SystemRandom } from "@trenddojo/brokers";
import { createDb } from "@trenddojo/db";
import { createLogger, createServer } from "@trenddojo/server/testing";
import { z } from "zod";
import { answerParent } from "../lib/answerParent.ts";

const { dataDir } = z.strictObject({ dataDir: z.string() }).parse(JSON.parse(process.argv[2] ?? ""));
const clock = new SystemClock();
await mkdir(dataDir, { recursive: true, mode: 0o700 });
const store = await createDb({ dataDir, databaseUrl: undefined });
const feed = new SyntheticFeed({ clock, seed: 1 });
await feed.start();
const server = await createServer({
  host: "127.0.0.1",
  port: 0,
  publicOrigins: undefined,
  allowLive: false,
  paperStartingCash: "100000",
  version: "0.0.0-attack",
  webRoot: undefined,
  store,
  feed,
  keyEncryptionKey: { version: 1, key: Buffer.alloc(32, 7) },
  clock,
  random: new SystemRandom(),
  log: createLogger("silent"),
});

answerParent(async (question) => {
  const { what } = Object(question);
  if (what === "url") return server.url;
  // Everything in the process counts: the embedded database's thread as well.
  if (what === "memory") return process.memoryUsage.rss();
  await server.close();
  await feed[Symbol.asyncDispose]();
  await store.close();
  return null;
});
