export { MemoryPaperStore } from "./MemoryPaperStore.ts";
export type { BorrowTable, BorrowTerms } from "./money/borrow.ts";
export { ACCESS_FEE_CAP } from "./money/exchangeFees.ts";
export type { ExchangeFeeRow } from "./money/exchangeFees.ts";
export type {
  BorrowFeeCharged,
  CorporateActionRejected,
  DividendAccrued,
  DividendPaid,
  MarginCall,
  MarginCallEnded,
  MoneyEvent,
  OrderAdjusted,
  SplitApplied,
  SymbolChanged,
} from "./money/MoneyEvent.ts";
export { DEFAULT_BORROW } from "./money/MoneyTerms.ts";
export type {
  CancelRejected,
  DayStarted,
  FillFees,
  OrderAccepted,
  OrderCanceled,
  OrderExpired,
  OrderFilled,
  OrderRejected,
  OrderReplaced,
  OrderTerms,
  OrderTriggered,
  PaperEvent,
  ReplaceRejected,
} from "./PaperEvent.ts";
export { paperEventSchema } from "./paperEventSchema.ts";
export { PaperExchange } from "./PaperExchange.ts";
export type { PaperExchangeConfig } from "./PaperExchangeConfig.ts";
export { checkContinues, PaperJournalError } from "./PaperJournalError.ts";
export type { PaperSnapshot } from "./PaperSnapshot.ts";
export { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
export type { PaperStore } from "./PaperStore.ts";
export type { OrderChanges } from "./InFlight.ts";
export type { PaperPreview } from "./preview.ts";
export { DEFAULT_PAPER_PROFILE } from "./profile.ts";
export { ALPACA_LIKE_PROFILE, PAPER_PROFILES, PESSIMISTIC_PROFILE, REALISTIC_PROFILE } from "./profiles.ts";
export type { PaperProfile } from "./profile.ts";
export type { Reason } from "../domain/Reason.ts";
export type { SessionState } from "./SessionState.ts";
