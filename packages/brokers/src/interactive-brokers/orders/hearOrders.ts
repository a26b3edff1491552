import type { Unsubscribe } from "../../BrokerClient.ts";
import type { OrderSide } from "../../domain/order.ts";
import { readNumber } from "../ibNumber.ts";
import { symbolOf } from "../ibSymbol.ts";
import { readInstant } from "../ibTime.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { IBContract, IBExecution, IBOrderTold } from "../session/vendorTypes.ts";
import type { Execution } from "./ExecutionLedger.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { Strangers } from "./Strangers.ts";

const SIDES: ReadonlyMap<string, OrderSide> = new Map([
  ["BOT", "buy"],
  ["SLD", "sell"],
]);

/**
 * Brings into the book all that the gateway tells of the account's orders, asked or not. Orders of the login's other
 * accounts are none of it, and a preview is no order.
 * @param previews order ids that were asked about and not placed. @param strangers takes in orders of other accounts.
 * @param onTold after each of what is told.
 */
export function hearOrders(
  gateway: Gateway,
  book: OrderBook,
  previews: ReadonlySet<number>,
  strangers: Strangers,
  onTold: () => void,
): Unsubscribe {
  const isPreview = (orderId: number, { whatIf, clientId }: IBOrderTold): boolean =>
    whatIf === true || (clientId === gateway.clientId && previews.has(orderId));
  const isOurs = (account = ""): boolean => account === "" || account === gateway.accountId;
  const ends = [
    gateway.on("openOrder", (orderId, contract, order, state) => {
      if (isPreview(orderId, order)) return;
      if (!isOurs(order.account)) return strangers.see(order.permId ?? 0, orderId);
      book.takeOpenOrder(orderId, contract, order, state);
      onTold();
    }),
    gateway.on("completedOrder", (contract, order, state) => {
      if (!isOurs(order.account)) return strangers.see(order.permId ?? 0, null);
      book.takeCompleted(contract, order, state);
      onTold();
    }),
    gateway.on("orderStatus", (...told) => {
      const [orderId, status, filled, , average, permId = 0, , , clientId = 0, whyHeld = ""] = told;
      if (strangers.has(permId)) return;
      const averagePrice = readNumber(average);
      book.takeStatus({ orderId, clientId, permId, status, filled: readNumber(filled), averagePrice, whyHeld });
      onTold();
    }),
    gateway.on("execDetails", (_requestId, contract, told) => {
      if (!isOurs(told.acctNumber)) return;
      const execution = readExecution(contract, told, gateway.brokerNow());
      if (execution === null) return;
      book.takeExecution(execution);
      onTold();
    }),
    gateway.on("commissionReport", ({ execId = "", commission }) => {
      const fees = readNumber(commission);
      // -1 says that it is not known yet.
      if (fees === null || fees === NOT_KNOWN) return;
      book.takeFees(execId, fees);
      onTold();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

const NOT_KNOWN = -1_000_000_000n;

/** Null for what is no execution of a stock. @param now where the time cannot be read, epoch milliseconds. */
export function readExecution(contract: IBContract, told: IBExecution, now: number): Execution | null {
  const { execId = "", permId = 0, orderRef = "", time = "" } = told;
  const symbol = symbolOf(contract);
  const side = SIDES.get(told.side ?? "");
  const quantity = readNumber(told.shares);
  const price = readNumber(told.price);
  if (symbol === null || side === undefined || quantity === null || price === null) return null;
  if (!/^[\x21-\x7e]{1,128}$/.test(execId) || permId <= 0) return null;
  return {
    execId,
    permId,
    clientOrderId: /^[\x21-\x7e]{1,48}$/.test(orderRef) ? orderRef : `ib-${permId}`,
    conId: contract.conId ?? 0,
    symbol,
    side,
    quantity,
    price,
    filledAt: readInstant(time) ?? now,
  };
}
