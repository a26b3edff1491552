export type { AccountStore } from "./AccountStore.ts";
export { AccountStateError } from "./alpaca/account/accountState.ts";
export type { SimulatedAccount, SimulatedAccountOptions } from "./alpaca/account/SimulatedAccount.ts";
export type { VendorQuirks } from "./alpaca/account/VendorQuirks.ts";
export type { FaultRule, FaultRuleInput } from "./alpaca/faults/FaultRule.ts";
export { parseFaultScript } from "./alpaca/faults/FaultScript.ts";
export type { FaultScript } from "./alpaca/faults/FaultScript.ts";
export type { StreamMessage } from "./alpaca/market/streamMessages.ts";
export type {
  JournalEntry,
  JournalOrder,
  JournalRequest,
  JournalSink,
  JournalSocket,
} from "./alpaca/SimulatorJournal.ts";
export type { SimulatorJournal } from "./alpaca/SimulatorJournal.ts";
export { startAlpacaSimulator } from "./alpaca/startAlpacaSimulator.ts";
export type { AlpacaEndpoints, AlpacaSimulator, AlpacaSimulatorOptions } from "./alpaca/startAlpacaSimulator.ts";
export { FileAccountStore } from "./FileAccountStore.ts";
export { FileJournal } from "./FileJournal.ts";
export type { TwsAccountOptions } from "./tws/account/TwsAccount.ts";
export type { TwsFaultRule, TwsFaultRuleInput } from "./tws/faults/TwsFaultRule.ts";
export { parseTwsFaultScript } from "./tws/faults/TwsFaultScript.ts";
export type { TwsFaultScript } from "./tws/faults/TwsFaultScript.ts";
export type { TwsQuirks } from "./tws/Quirks.ts";
export { startTwsSimulator } from "./tws/startTwsSimulator.ts";
export type { RestartOptions, TwsSimulator, TwsSimulatorOptions } from "./tws/startTwsSimulator.ts";
export type { ManualOrder } from "./tws/TwsFloor.ts";
export type {
  TwsJournal,
  TwsJournalEntry,
  TwsJournalError,
  TwsJournalOrder,
  TwsJournalRequest,
  TwsJournalSink,
  TwsJournalSocket,
} from "./tws/TwsJournal.ts";
