import type { Fixed } from "@trenddojo/brokers/domain";
import { invalid, notFound, unprocessable } from "../wire/ApiRefusal.ts";
import { isUuid } from "../wire/ids.ts";
import { checkStep } from "./checkTicket.ts";
import type { ReplaceTicket } from "./OrderTicket.ts";
import { refusalOf } from "./refusalOf.ts";
import type { SimulatedAccount } from "./SimulatedAccount.ts";
import { submitOrders } from "./submitOrders.ts";
import { isFinal, isQueued, remainingQty, type VendorOrder, type VendorOrderStatus } from "./VendorOrder.ts";

const NOT_REPLACEABLE: readonly VendorOrderStatus[] = ["accepted", "pending_new", "pending_cancel", "pending_replace"];

/** @throws ApiRefusal for an id that no order has, or that is none. */
export function findOrder({ ledger }: SimulatedAccount, id: string): VendorOrder {
  // The vendor takes what is not a UUID for an id that is missing: https://github.com/alpacahq/Alpaca-API/issues/135
  if (!isUuid(id)) throw invalid("order_id is missing");
  const order = ledger.byId(id.toLowerCase());
  if (order === undefined) throw notFound(`order not found for ${id}`);
  return order;
}

/** Asks for an order's end; the order tells when it has come. @throws ApiRefusal */
export function cancelOrder(account: SimulatedAccount, order: VendorOrder): void {
  if (isFinal(order) || order.status === "pending_replace" || order.status === "pending_cancel") {
    throw unprocessable(`order is already in "${order.status}" state`);
  }
  // A replacement that is on its way: the order that it replaces is still the one that works.
  if (order.exchangeId === null && !isQueued(order)) throw unprocessable("order is not cancelable");
  if (order.exchangeId === null) endQueued(account, order, "canceled");
  else account.exchange.cancel(account.now(), order.exchangeId);
}

function endQueued(account: SimulatedAccount, order: VendorOrder, status: "canceled" | "expired"): void {
  for (const leg of account.ledger.legs(order)) account.translator.end(leg, status);
  account.translator.end(order, status);
}

/** Asks for the end of every open order but the held ones, which end with their groups. Answers those that were asked. */
export function cancelAllOrders(account: SimulatedAccount): readonly VendorOrder[] {
  const asked = account.ledger.open().filter(({ status }) => status !== "held" && status !== "pending_cancel");
  for (const order of asked) if (!isFinal(order)) cancelOrder(account, order);
  return asked;
}

/** The exchange keeps a day order until the last session of the day is over, the vendor until the order's own is. */
export function expireDayOrders(account: SimulatedAccount): void {
  const now = account.now();
  for (const order of account.ledger.open()) {
    const { exchangeId, timeInForce, status } = order;
    if (timeInForce !== "day" || status === "held" || now < order.expiresAt) continue;
    // One that was open may have ended with another of its group; one that waits for a session never got there.
    if (isQueued(order)) endQueued(account, order, "expired");
    else if (!isFinal(order) && exchangeId !== null) {
      account.translator.expire(order, () => account.exchange.cancel(now, exchangeId));
    }
  }
}

/** Puts a new order in the place of one that works. @throws ApiRefusal */
export function replaceOrder(account: SimulatedAccount, order: VendorOrder, ticket: ReplaceTicket): VendorOrder {
  checkReplaceable(account, order, ticket);
  const carried = account.quirks.replacementFills === "carried";
  const next = successor(account, order, ticket, carried);
  if (ticket.trail !== null) return move(account, order, next);
  const { exchangeId } = order;
  if (exchangeId === null) throw unprocessable("unable to replace order, order isn't sent to exchange yet");
  account.translator.expectReplacement(exchangeId, next);
  if (account.quirks.latencyMs > 0) account.ledger.add(next);
  const events = account.exchange.replace(account.now(), exchangeId, {
    quantity: (next.qty ?? 0n) + next.filledBefore,
    ...(ticket.limitPrice === null ? {} : { price: ticket.limitPrice }),
    ...(ticket.stopPrice === null ? {} : { stopPrice: ticket.stopPrice }),
    ...(ticket.timeInForce === null ? {} : { timeInForce: ticket.timeInForce }),
  });
  const refused = events.find((event) => event.type === "replace_rejected");
  if (refused === undefined) return next;
  account.translator.dropReplacement(exchangeId);
  throw refusalOf(refused, { buyingPower: account.balances().buyingPower });
}

function checkReplaceable(account: SimulatedAccount, order: VendorOrder, ticket: ReplaceTicket): void {
  if (isFinal(order)) throw unprocessable(`order is already in "${order.status}" state`);
  if (NOT_REPLACEABLE.includes(order.status)) throw unprocessable("unable to replace order in current state");
  if (order.notional !== null) throw unprocessable("notional orders cannot be replaced");
  if (ticket.clientOrderId !== null && account.ledger.byClientId(ticket.clientOrderId) !== undefined) {
    throw invalid("client_order_id must be unique");
  }
  const isFraction = (order.qty ?? 0n) % 1_000_000_000n !== 0n || (ticket.qty ?? 0n) % 1_000_000_000n !== 0n;
  if (ticket.qty !== null && isFraction) throw unprocessable("qty of fractional orders cannot be replaced");
  if (ticket.trail !== null && order.trail === null) throw invalid("trail is only for trailing_stop orders");
  checkStep("limit_price", ticket.limitPrice);
  checkStep("stop_price", ticket.stopPrice);
}

function successor(
  account: SimulatedAccount,
  order: VendorOrder,
  ticket: ReplaceTicket,
  carried: boolean,
): VendorOrder {
  const at = account.stamp();
  const left = carried ? order.qty : remainingQty(order);
  const qty: Fixed | null = ticket.qty ?? left;
  return {
    ...order,
    id: account.newId(),
    clientOrderId: ticket.clientOrderId ?? account.newId(),
    sequence: account.ledger.nextSequence,
    qty,
    limitPrice: ticket.limitPrice ?? order.limitPrice,
    stopPrice: ticket.stopPrice ?? order.stopPrice,
    timeInForce: ticket.timeInForce ?? order.timeInForce,
    trail: order.trail === null ? null : { by: order.trail.by, value: ticket.trail ?? order.trail.value },
    replaces: order.id,
    exchangeId: null,
    createdAt: at,
    updatedAt: at,
    status: "pending_new",
    takenAs: order.status === "held" ? "held" : "pending_new",
    statusBefore: null,
    filledBefore: carried ? order.filledBefore : order.filledBefore + order.filledQty,
    filledQty: carried ? order.filledQty : 0n,
    filledValue: carried ? order.filledValue : 0n,
    filledAt: null,
    replacedAt: null,
    replacedBy: null,
  };
}

/** A trail changes by way of a new order at the exchange, which trails from where the market is now. */
function move(account: SimulatedAccount, order: VendorOrder, next: VendorOrder): VendorOrder {
  const { exchange, translator } = account;
  const { exchangeId } = order;
  if (exchangeId === null || next.trail === null) throw unprocessable("unable to replace order in current state");
  // Two orders would be there for as long as the cancel is on its way, and both might fill.
  if (account.quirks.latencyMs > 0) throw unprocessable("simulator: no trail is replaced while requests take time");
  translator.expectMove(exchangeId);
  exchange.cancel(account.now(), exchangeId);
  translator.succeed(order, next);
  if (submitOrders(account, [next]) !== undefined) translator.end(next, "rejected");
  return next;
}
