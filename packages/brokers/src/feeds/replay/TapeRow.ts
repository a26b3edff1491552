import type { AuctionMark } from "./saleConditions.ts";

/** A print. `ms` counts from midnight in New York; `conditions` are the bits of `saleConditions.ts`. */
export interface TradeRow {
  readonly kind: "trade";
  readonly ms: number;
  readonly price: number;
  /** Shares. */
  readonly size: number;
  readonly conditions: number;
  /** What it says of an exchange's opening or closing; absent in every other print. */
  readonly auction?: AuctionPrint;
}

export interface AuctionPrint extends AuctionMark {
  /** The tape's code of the exchange: "N". */
  readonly exchange: string;
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

/** What a row of news says of its symbol. */
export type TapeNews =
  | { readonly event: "halted" | "paused" | "resumed"; readonly reason: string }
  | {
      readonly event: "split";
      readonly newShares: number;
      readonly oldShares: number;
      /** Dollars for a whole new share, as a decimal string. */
      readonly cashInLieuPrice: string | null;
    }
  | {
      readonly event: "dividend";
      /** Dollars, as a decimal string. */
      readonly amountPerShare: string;
      /** YYYY-MM-DD in New York. */
      readonly payDate: string;
    }
  | { readonly event: "symbol_change"; readonly newSymbol: string };

export interface NewsRow {
  readonly kind: "news";
  readonly ms: number;
  readonly symbol: string;
  readonly news: TapeNews;
  /** Its line in the file, counted from 1. */
  readonly line: number;
}

export type TapeRow = TradeRow | QuoteRow | NewsRow;
export type TapeKind = TapeRow["kind"];

/** A row that could not be read. It was skipped. */
export interface MalformedRow {
  readonly file: string;
  /** Counts from 1, the header included. */
  readonly line: number;
  readonly reason: string;
}
