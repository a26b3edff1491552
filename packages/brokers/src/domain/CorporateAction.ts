interface ActionBase {
  /** The source's own id: an action is applied once, however often it is told. 1 to 128 printable characters. */
  readonly actionId: string;
  readonly symbol: string;
  /** When it takes effect: the ex-date's beginning, before its first trade. Epoch milliseconds of market time. */
  readonly at: number;
}

/** 10:1 is `newShares: 10, oldShares: 1`; 1:10, a reverse split, is `newShares: 1, oldShares: 10`. */
export interface Split extends ActionBase {
  readonly type: "split";
  readonly newShares: number;
  readonly oldShares: number;
  /** Dollars for a whole new share, as a decimal string, at which fractions are paid out; null where none are expected. */
  readonly cashInLieuPrice: string | null;
}

export interface CashDividend extends ActionBase {
  readonly type: "cash_dividend";
  /** Dollars a share, above zero, as a decimal string. */
  readonly amountPerShare: string;
  /** Epoch milliseconds; at or after `at`. */
  readonly payAt: number;
}

export interface SymbolChange extends ActionBase {
  readonly type: "symbol_change";
  readonly newSymbol: string;
}

/** What an issuer does to its shares, as the paper exchange is told of it. */
export type CorporateAction = Split | CashDividend | SymbolChange;
