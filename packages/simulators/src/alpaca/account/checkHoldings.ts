import { formatFixed, max, type Fixed, type Instrument, type OrderSide } from "@trenddojo/brokers/domain";
import { ONE } from "@trenddojo/brokers/domain";
import { forbidden, unprocessable } from "../wire/ApiRefusal.ts";
import type { OrderLedger } from "./OrderLedger.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import { isOpen, remainingQty, type VendorOrder } from "./VendorOrder.ts";

/** What the account has and may do, as far as it matters to a new order. */
export interface Holdings {
  readonly ledger: OrderLedger;
  readonly instrument: Instrument;
  /** Shares, negative when short. */
  readonly held: Fixed;
  readonly mayShort: boolean;
}

/** Open orders that close a position and keep its shares; of a pair of exits one counts. */
export function closingOrders(ledger: OrderLedger, symbol: string, side: OrderSide): readonly VendorOrder[] {
  return ledger.open().filter((order) => {
    if (order.symbol !== symbol || order.side !== side) return false;
    if (order.status !== "held") return true;
    const sibling = ledger.sibling(order);
    const parent = order.parentId === null ? undefined : ledger.byId(order.parentId);
    const isWaiting = parent !== undefined && parent.role === "entry" && isOpen(parent);
    return !isWaiting && (sibling === undefined || !isOpen(sibling));
  });
}

/** Shares of a position that open orders will close. */
export function heldForOrders(ledger: OrderLedger, symbol: string, side: OrderSide): Fixed {
  return closingOrders(ledger, symbol, side).reduce((sum, order) => sum + remainingQty(order), 0n);
}

/** @throws ApiRefusal where shares are missing, or an order would turn a position round. */
export function checkShares({ side, qty }: OrderTicket, holdings: Holdings): void {
  const { ledger, instrument, held, mayShort } = holdings;
  const { symbol } = instrument;
  const closes = side === "sell" ? held > 0n : held < 0n;
  if (!closes) {
    if (side === "buy") return;
    if (!mayShort) throw forbidden("account is not allowed to short");
    if (!instrument.shortable) throw unprocessable(`asset "${symbol}" cannot be sold short`);
    if (qty === null || qty % ONE !== 0n) throw unprocessable("fractional orders cannot be sold short");
    return;
  }
  if (qty === null) return;
  const existing = held < 0n ? -held : held;
  const reserved = heldForOrders(ledger, symbol, side);
  const available = max(existing - reserved, 0n);
  if (qty <= available) return;
  const related = closingOrders(ledger, symbol, side).map(({ id }) => id);
  throw forbidden(
    `insufficient qty available for order (requested: ${formatFixed(qty)}, available: ${formatFixed(available)})`,
    {
      available: formatFixed(available),
      existing_qty: formatFixed(existing),
      held_for_orders: formatFixed(reserved),
      symbol,
      ...(related.length === 0 ? {} : { related_orders: related }),
    },
  );
}

/**
 * Refuses an order that could trade with one of the same account. Groups and trailing stops are exempt.
 * Source: https://docs.alpaca.markets/docs/user-protection
 * @throws ApiRefusal
 */
export function checkWashTrade(ticket: OrderTicket, symbol: string, ledger: OrderLedger): void {
  if (ticket.orderClass !== "simple" || ticket.type === "trailing_stop") return;
  for (const order of ledger.open()) {
    if (order.symbol !== symbol || order.side === ticket.side) continue;
    if (order.orderClass !== "simple" || order.type === "trailing_stop") continue;
    const hasLimits = ticket.limitPrice !== null && order.limitPrice !== null;
    const crosses =
      ticket.side === "buy"
        ? (ticket.limitPrice ?? 0n) >= (order.limitPrice ?? 0n)
        : (order.limitPrice ?? 0n) >= (ticket.limitPrice ?? 0n);
    if (hasLimits && !crosses) continue;
    const kind = order.limitPrice === null ? "market/stop" : "limit";
    throw forbidden("potential wash trade detected. use complex orders", {
      existing_order_id: order.id,
      reject_reason: `opposite side ${kind} order exists`,
    });
  }
}
