import type { Money } from "../domain/decimal.ts";
import type { Instrument } from "../domain/marketData.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import type { PaperProfile } from "./profile.ts";
import type { SessionState } from "./SessionState.ts";

/** What a paper exchange is made of. */
export interface PaperExchangeConfig {
  /** Goes into order and execution ids (PX3); a safe integer, zero or above. */
  readonly seed: number;
  /** Zero or above. A snapshot's own figure wins. */
  readonly startingCash: Money;
  readonly instruments: (symbol: string) => Instrument | undefined;
  /** The exchange's calendar; a pure function of the instant. */
  readonly session: (at: number) => SessionState;
  /** @default DEFAULT_PAPER_PROFILE */
  readonly profile?: PaperProfile;
  /** Hears of each new event within the call that makes it, when the account shows it and nothing later. */
  readonly onEvent?: (event: PaperEvent) => void;
}
