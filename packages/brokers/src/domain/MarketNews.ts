import type { CorporateAction } from "./CorporateAction.ts";
import type { TradingStatus } from "./tradingStatus.ts";

/** The exchange stops or resumes trading in a symbol. */
export interface SymbolStatus {
  readonly symbol: string;
  readonly status: TradingStatus;
  /** Market time, epoch milliseconds. */
  readonly at: number;
  /** In the exchange's words: "news pending", "limit up". @default "" */
  readonly reason?: string;
}

/** The exchange names the price at which a symbol opened or closed. */
export interface OfficialAuction {
  readonly symbol: string;
  readonly kind: "open" | "close";
  readonly price: number;
  /** Shares that changed hands in it; null where that is not told. */
  readonly size: number | null;
  /** Market time, epoch milliseconds. */
  readonly at: number;
}

/** What a market says besides quotes and prints. */
export type MarketNews =
  | { readonly kind: "status"; readonly status: SymbolStatus }
  | { readonly kind: "auction"; readonly auction: OfficialAuction }
  | { readonly kind: "corporate_action"; readonly action: CorporateAction };
