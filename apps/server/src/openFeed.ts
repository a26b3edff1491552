import { ReplayFeed, SyntheticFeed, type MarketFeed } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { Logger } from "pino";
import type { Env } from "./env.ts";

/** The prices that the desk runs on, started. @throws ReplayError for a tape that cannot be opened */
export async function openFeed(env: Env, clock: Clock, log: Logger): Promise<MarketFeed> {
  const feed = createFeed(env, clock, log);
  try {
    await feed.start();
  } catch (error) {
    await feed[Symbol.asyncDispose]();
    throw error;
  }
  return feed;
}

function createFeed(
  { MARKET_FEED, MARKET_SPEED, MARKET_START, MARKET_HOURS }: Env,
  clock: Clock,
  log: Logger,
): MarketFeed {
  const onListenerError = (err: unknown): void => log.error({ err }, "a listener to ticks threw");
  if (MARKET_FEED.kind === "synthetic") {
    return new SyntheticFeed({ clock, seed: MARKET_FEED.seed, hours: MARKET_HOURS, onListenerError });
  }
  return new ReplayFeed({
    clock,
    folder: MARKET_FEED.folder,
    speed: MARKET_SPEED,
    ...(MARKET_START === undefined ? {} : { startTime: MARKET_START }),
    report: (row) => log.warn(row, "a malformed row of the tape was skipped"),
    onListenerError,
  });
}
