import { z } from "zod";
import { instant } from "./common.ts";

/** system.info (query): what runs here. */
export const systemInfo = z.object({
  version: z.string(),
  startedAt: instant,
  now: instant,
  database: z.object({ kind: z.enum(["embedded", "server"]), survivesPowerLoss: z.boolean() }),
  /** What the database takes on its disk, indexes too. */
  databaseBytes: z.number().int(),
  liveTradingAllowed: z.boolean(),
  node: z.string(),
});
export type SystemInfo = z.infer<typeof systemInfo>;

/** One second of the desk. Rates are per second. */
export const systemSample = z.object({
  at: instant,
  /** Ticks that came from the brokers. */
  ticksIn: z.number(),
  /** Messages of prices to readers. */
  messagesOut: z.number(),
  /** Prices in those messages. */
  quotesOut: z.number(),
  /** Times that a slow reader was left out. */
  skips: z.number(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  /** Ticks for each price that was sent on, before it is copied to its readers; null where none was. */
  conflation: z.number().nullable(),
  sockets: z.number().int(),
  subscriptions: z.number().int(),
  /** Symbols that are subscribed at brokers. */
  upstream: z.number().int(),
  heapBytes: z.number().int(),
  /** By how much the event loop was late. */
  loopMedianMs: z.number(),
  loopP99Ms: z.number(),
  loopMaxMs: z.number(),
});
export type SystemSample = z.infer<typeof systemSample>;

const stageTimes = z.object({ count: z.number().int(), medianMs: z.number(), p99Ms: z.number() }).nullable();

/** system.metrics (query): what the desk has been doing. */
export const systemMetrics = z.object({
  now: instant,
  /** One a second of the last minute, oldest first. */
  samples: z.array(systemSample).max(60),
  /** The desk's orders since it started, at most the last 500; null before the first. */
  orders: z.object({ intentToSent: stageTimes, sentToAnswered: stageTimes }),
});
export type SystemMetrics = z.infer<typeof systemMetrics>;
