import type { Fixed } from "../../domain/decimal.ts";
import type { Position } from "../../domain/position.ts";

/** What the account is worth and holds, in dollars, read together. */
export interface AccountFacts {
  readonly accountId: string;
  readonly cash: Fixed;
  readonly equity: Fixed;
  /** What may still be bought, open orders already taken off. */
  readonly buyingPower: Fixed;
  /** Equity that no position holds as margin. */
  readonly availableFunds: Fixed;
  readonly initialMargin: Fixed;
  readonly maintenanceMargin: Fixed;
  /** Null where the gateway does not tell it. */
  readonly settledCash: Fixed | null;
  readonly startOfDayEquity: Fixed;
  readonly longMarketValue: Fixed;
  /** Zero or negative. */
  readonly shortMarketValue: Fixed;
  /** Of today's executions; null where they do not account for what is held. */
  readonly realized: Fixed | null;
  /** Commissions of today's executions. */
  readonly fees: Fixed;
  readonly positions: readonly Position[];
  /** Epoch milliseconds of the broker's clock. */
  readonly readAt: number;
}
