import type { QuoteSnapshot } from "../../../lib/quoteStore.ts";

export interface QuoteNumbers {
  /** Last trade, or the middle of the quote before the first trade. */
  readonly price: number | null;
  readonly change: number | null;
  /** Change against the previous close, as a fraction. */
  readonly changeFraction: number | null;
  readonly spread: number | null;
}

/** What a list shows of a quote. Floats: these are looked at, not booked. */
export function quoteNumbers(quote: QuoteSnapshot | undefined): QuoteNumbers {
  if (quote === undefined) return { price: null, change: null, changeFraction: null, spread: null };
  const { bid, ask, last, previousClose } = quote;
  const price = last ?? (bid !== null && ask !== null ? (bid + ask) / 2 : null);
  const change = price === null || previousClose === null ? null : cents(price - previousClose);
  return {
    price,
    change,
    changeFraction: change === null || previousClose === null || previousClose === 0 ? null : change / previousClose,
    spread: bid === null || ask === null ? null : cents(ask - bid),
  };
}

/** A difference of two prices without the dust of floats. */
function cents(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
