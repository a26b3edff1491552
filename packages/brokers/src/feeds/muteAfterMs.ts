import type { MarketFeed } from "./MarketFeed.ts";

const DEFAULT_MS = 15_000;

/** Milliseconds after which a feed that runs and says nothing, in an open session, is mute, and its last tick stale. */
export function muteAfterMs({ description }: Pick<MarketFeed, "description">): number {
  return description.muteAfterMs ?? DEFAULT_MS;
}
