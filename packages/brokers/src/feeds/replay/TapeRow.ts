/** A print. `ms` counts from midnight in New York; `conditions` are the bits of `saleConditions.ts`. */
export interface TradeRow {
  readonly kind: "trade";
  readonly ms: number;
  readonly price: number;
  /** Shares. */
  readonly size: number;
  readonly conditions: number;
}

/** A quote; a side that the tape gives as 0 is nobody's, and null. */
export interface QuoteRow {
  readonly kind: "quote";
  readonly ms: number;
  readonly bid: number | null;
  /** Shares. */
  readonly bidSize: number | null;
  readonly ask: number | null;
  readonly askSize: number | null;
}

export type TapeRow = TradeRow | QuoteRow;
export type TapeKind = TapeRow["kind"];

/** A row that could not be read. It was skipped. */
export interface MalformedRow {
  readonly file: string;
  /** Counts from 1, the header included. */
  readonly line: number;
  readonly reason: string;
}
