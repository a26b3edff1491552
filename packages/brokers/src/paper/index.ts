export { MemoryPaperStore } from "./MemoryPaperStore.ts";
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
export type { PaperExchangeConfig } from "./PaperExchange.ts";
export { checkContinues, PaperJournalError } from "./PaperJournalError.ts";
export type { PaperSnapshot } from "./PaperSnapshot.ts";
export { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
export type { PaperStore } from "./PaperStore.ts";
export type { OrderChanges } from "./planReplacement.ts";
export type { PaperPreview } from "./preview.ts";
export { DEFAULT_PAPER_PROFILE } from "./profile.ts";
export type { PaperProfile } from "./profile.ts";
export type { Reason } from "./Reason.ts";
export type { SessionState } from "./SessionState.ts";
