/** What nobody outside can know of TWS, or what its user can set. All have a default. */
export interface TwsQuirks {
  /** Milliseconds until a request reaches the market. @default 0 */
  readonly latencyMs?: number;
  /** What a quote fills: what it shows, or anything, as of the paper service. @default "displayed" */
  readonly sizes?: "displayed" | "unlimited";
  /** A resting limit order is PreSubmitted first. @default true */
  readonly preSubmitsLimits?: boolean;
  /** A cancel is answered with PendingCancel before Cancelled. @default true */
  readonly tellsPendingCancel?: boolean;
  /** The status of a fill is told before its execution and commission, as was seen once. @default false */
  readonly filledBeforeExecution?: boolean;
  /** The commission: told, told as -1 for pending, or told as unset. @default "told" */
  readonly commissions?: "told" | "pending" | "unset";
  /** A preview's margins: told, unset, or no answer at all. @default "told" */
  readonly previews?: "told" | "unset" | "silent";
  /** A preview's commission; the paper service tells none. @default false */
  readonly previewsTellCommission?: boolean;
  /** A cancelled summary leaves its place to another. @default true */
  readonly cancelFreesSummary?: boolean;
  /** Who cancels one of a group ends the group. @default true */
  readonly cancelEndsGroup?: boolean;
  /** What the account is entitled to: prices as they are, delayed ones where they are asked for, or none. @default "live" */
  readonly marketData?: "live" | "delayed" | "none";
  /** Market-data lines of a connection. @default 100 */
  readonly lines?: number;
  /** Messages a second of a connection; beyond them error 100, and the third strike ends it. @default null: none */
  readonly messagesPerSecond?: number | null;
  /** Working orders of one side of one contract of an account; one more is rejected with 201. TWS has 20. @default null: none */
  readonly ordersPerSide?: number | null;
  /** Read-Only API: orders are refused with 321. @default false */
  readonly readOnly?: boolean;
  /** The client id that hears of every order; null for none. @default null */
  readonly masterClientId?: number | null;
  /** Pacing of history (162). @default true */
  readonly pacesHistory?: boolean;
}

export const DEFAULT_TWS_QUIRKS: Required<TwsQuirks> = {
  latencyMs: 0,
  sizes: "displayed",
  preSubmitsLimits: true,
  tellsPendingCancel: true,
  filledBeforeExecution: false,
  commissions: "told",
  previews: "told",
  previewsTellCommission: false,
  cancelFreesSummary: true,
  cancelEndsGroup: true,
  marketData: "live",
  lines: 100,
  messagesPerSecond: null,
  ordersPerSide: null,
  readOnly: false,
  masterClientId: null,
  pacesHistory: true,
};
