import type { MarketData } from "@trenddojo/brokers/domain";

/** As long as the tape's own bundles. */
export const BARE_BUNDLE_MS = 10;

/** The same batch that the desk sends. `changed` holds tuples as JSON. */
export function bodyOf(sequence: number, symbols: Iterable<string>, changed: ReadonlyMap<string, string>): string {
  let quotes = "";
  for (const symbol of symbols) {
    const json = changed.get(symbol);
    if (json !== undefined) quotes += quotes === "" ? json : `,${json}`;
  }
  return `{"sequence":${sequence},"at":${Date.now()},"quotes":[${quotes}]}`;
}

/** The same bundle that the desk sends. */
export function bundleOf(sequence: number, ticks: string): string {
  return `{"sequence":${sequence},"at":${Date.now()},"missed":0,"ticks":[${ticks}]}`;
}

export function tickJson(data: MarketData): string {
  return JSON.stringify(tickOf(data));
}

export function tickOf({ symbol, last, lastSize, bid, ask, bidSize, askSize, timestamp, receivedAt }: MarketData) {
  return [symbol, last, lastSize, bid, ask, bidSize, askSize, timestamp, receivedAt] as const;
}
