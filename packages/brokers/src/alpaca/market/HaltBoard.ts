import type { TradingHalt, TradingStatus } from "../../domain/tradingStatus.ts";
import type { MarketEvent } from "../stream/marketEvent.ts";

/**
 * What a status code means: 2 and 3 are those of tapes A and B (CTA), the letters those of C and O (UTP); no code is in
 * both lists. The others say nothing of trading: imbalances, price indications, short sales, bands, and Q, with which
 * quotes come back before trading does.
 * Source: https://docs.alpaca.markets/docs/real-time-stock-pricing-data, status codes
 */
const MEANINGS: ReadonlyMap<string, TradingStatus> = new Map([
  ["2", "halted"],
  ["3", "resumed"],
  ["H", "halted"],
  ["P", "paused"],
  ["T", "resumed"],
]);

/** The symbols that are halted or paused, as far as the stream told: Alpaca's REST side does not say it. */
export class HaltBoard {
  readonly #halts = new Map<string, TradingHalt>();

  of(symbol: string): TradingHalt | undefined {
    return this.#halts.get(symbol);
  }

  /** @returns whether anything changed. */
  take({ symbol, code, reason, at }: Extract<MarketEvent, { readonly kind: "status" }>): boolean {
    const status = MEANINGS.get(code);
    if (status === undefined) return false;
    if (status === "resumed") return this.#halts.delete(symbol);
    this.#halts.set(symbol, { status, since: at, reason });
    return true;
  }

  /** Whatever ends while nobody listens is not told later. */
  forget(): void {
    this.#halts.clear();
  }
}
