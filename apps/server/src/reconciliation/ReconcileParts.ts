import type { BrokerClient } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { AccountRow, Db, OrderRow } from "@trenddojo/db";
import type { AuditLog } from "../audit/AuditLog.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import type { InFlight } from "../orders/InFlight.ts";
import type { OrderJournal, OrderRecorder } from "../orders/OrderJournal.ts";
import type { UnknownOrders } from "../orders/UnknownOrders.ts";
import type { Told } from "./driftOfStep.ts";
import type { Finding } from "./Finding.ts";

export const HISTORY_DAYS = 7;

/** What a broker can be asked of an account's orders. */
export type OrderBooks = Pick<
  BrokerClient,
  "getOpenOrders" | "getOrderHistory" | "getFills" | "getOrderByClientOrderId"
>;

export interface ReconcileParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly audit: AuditLog;
  readonly journal: OrderJournal;
  readonly account: AccountRow;
  readonly books: OrderBooks;
  readonly unknown: UnknownOrders;
  readonly inFlight: InFlight;
  /** When this look began: whatever the broker answers is of then or later. Our clock, epoch milliseconds. */
  readonly askedAt: number;
  /** Keeps the drift ledger; null where one order is asked for because a person waits for it, which is no finding. */
  readonly finding: Finding | null;
  /** Offers its executor an order that the broker, asked just now, does not know. @returns whether it is sent again */
  readonly sendAgain: (row: OrderRow) => boolean;
  /** Whether the broker would tell of an order by itself now: while it would not, that it names none proves nothing. */
  readonly isHeard: () => boolean;
  /** Begins to cancel an order that is unwanted. */
  readonly cancelFoundAlive: (row: OrderRow) => void;
}

/** Where the steps are written that are decided on what the broker said. */
export function recorderOf({ finding, journal }: ReconcileParts, told: Told): OrderRecorder {
  return finding?.hearing(told) ?? journal;
}
