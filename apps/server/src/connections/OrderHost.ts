import type { BrokerClient } from "@trenddojo/brokers";
import type { AccountRow } from "@trenddojo/db";
import type { ConnectionHost } from "./ConnectionHost.ts";

/** What an order is judged by. */
export type FactClient = Pick<
  BrokerClient,
  "searchInstruments" | "getMarketData" | "getPositions" | "getBalances" | "getMarketHours"
>;

/** What the orders that work ask of a client. */
export type WorkingOrderClient = FactClient &
  Pick<
    BrokerClient,
    "capabilities" | "cancelOrder" | "modifyOrder" | "cancelAllOrders" | "getOpenOrders" | "withdrawOrder"
  >;

/** What the orders that work ask of the owner of their connection. */
export interface OrderHost extends Pick<ConnectionHost, "request" | "refresh" | "pursueUnknown"> {
  readonly account: AccountRow;
  /** The account's queue. */
  readonly updates: Pick<ConnectionHost["updates"], "run">;
  /** While orders may go: connected, and reconciled since. */
  readyClient(): WorkingOrderClient | null;
  /** @throws DeskError NOT_CONNECTED */
  requireReady(): WorkingOrderClient;
  /** Also while it is being reconciled. @throws DeskError NOT_CONNECTED */
  requireConnected(): WorkingOrderClient;
}
