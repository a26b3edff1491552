import type { MarketData } from "../domain/marketData.ts";

/** A quote that counts no more. Told again as it was it is no new one (PX22); every number finite. */
export interface ForgottenQuote {
  /** 0 where nobody bid or asked. */
  readonly bid: number;
  readonly bidSize: number | null;
  readonly ask: number;
  readonly askSize: number | null;
}

/** True where a tick whose sides count as `bid` and `ask` quotes what was forgotten, price for price and size for size. */
export function repeats(tick: MarketData, bid: number, ask: number, forgotten: ForgottenQuote): boolean {
  const isSameBid = bid === forgotten.bid && (bid === 0 || tick.bidSize === forgotten.bidSize);
  return isSameBid && ask === forgotten.ask && (ask === 0 || tick.askSize === forgotten.askSize);
}
