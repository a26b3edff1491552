import type { BrokerCapabilities } from "../../domain/capabilities.ts";
import { parseFixed } from "../../domain/decimal.ts";
import type { Order } from "../../domain/order.ts";
import type { OrderIssue } from "../../domain/validation.ts";
import { checkCapabilities } from "../../rules/checkCapabilities.ts";
import { checkInstrument } from "../../rules/checkInstrument.ts";
import { evaluateRisk } from "../../rules/evaluateRisk.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";
import type { ExposedOrder, HeldPosition, RecentOrder } from "../../rules/RiskInput.ts";
import type { RiskPolicy } from "../PaperConfig.ts";
import type { PaperBackendSession } from "./PaperBackendSession.ts";

export interface PaperRiskContext {
  readonly session: PaperBackendSession;
  readonly capabilities: BrokerCapabilities;
  readonly policy: RiskPolicy;
  readonly recentOrders: readonly RecentOrder[];
  /** Our clock, epoch milliseconds. */
  readonly now: number;
}

/** Everything that keeps an order from the exchange: what the broker cannot do, what the instrument does not take, and every risk rule. */
export function findOrderIssues(order: ParsedOrder, context: PaperRiskContext): readonly OrderIssue[] {
  return issuesOf(order, context, context.session.exchange.openOrders());
}

/**
 * What keeps an amendment from the exchange: the rules that a new order with what is left of the amended one would meet.
 * An unknown or closed order is for the exchange to refuse, and so is want of margin: part of it is held back already. An
 * amendment that only takes shares away always passes.
 */
export function findAmendmentIssues(
  orderId: string,
  changes: ParsedOrderUpdate,
  context: PaperRiskContext,
): readonly OrderIssue[] {
  const open = context.session.exchange.openOrders();
  const order = open.find((each) => each.orderId === orderId);
  if (order === undefined) return [];
  const before = parseFixed(order.quantity);
  const { quantity = before, price, stopPrice, timeInForce = order.timeInForce } = changes;
  const onlyTakesAway = quantity <= before && price === undefined && stopPrice === undefined;
  const remaining = quantity - parseFixed(order.filledQuantity);
  if (remaining <= 0n || (onlyTakesAway && timeInForce === order.timeInForce)) return [];
  const amended: ParsedOrder = {
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    timeInForce,
    extendedHours: order.extendedHours,
    quantity: remaining,
    price: order.price === null ? null : (price ?? parseFixed(order.price)),
    stopPrice: order.stopPrice === null ? null : (stopPrice ?? parseFixed(order.stopPrice)),
  };
  const others = open.filter((each) => each !== order);
  return issuesOf(amended, { ...context, recentOrders: [] }, others).filter(({ rule }) => rule !== "buying_power");
}

function issuesOf(order: ParsedOrder, context: PaperRiskContext, openOrders: readonly Order[]): readonly OrderIssue[] {
  const { session, capabilities, policy, recentOrders, now } = context;
  const instrument = session.feed.instrument(order.symbol);
  const unfit = [...checkInstrument(order, instrument), ...checkCapabilities(order, capabilities)];
  if (instrument === undefined) return unfit;
  const balances = session.exchange.balances(session.now());
  const equity = parseFixed(balances.equity);
  const risk = evaluateRisk({
    order,
    ...policy,
    now,
    quote: session.feed.latest(order.symbol) ?? null,
    positions: heldPositions(session),
    openOrders: openOrders.map(toExposedOrder),
    recentOrders,
    equity,
    startOfDayEquity: equity - parseFixed(balances.dayPnl),
    buyingPower: parseFixed(balances.buyingPower),
    session: session.marketSession(),
  });
  return [...unfit, ...risk];
}

function heldPositions(session: PaperBackendSession): readonly HeldPosition[] {
  return session.exchange.positions().map(({ symbol, quantity, marketPrice, averagePrice }) => ({
    symbol,
    quantity: parseFixed(quantity),
    price: parseFixed(marketPrice ?? averagePrice),
  }));
}

function toExposedOrder(order: Order): ExposedOrder {
  const { symbol, side, quantity, filledQuantity, price, stopPrice, group, isHeld = false } = order;
  const named = price ?? stopPrice;
  return {
    symbol,
    side,
    remaining: parseFixed(quantity) - parseFixed(filledQuantity),
    price: named === null ? null : parseFixed(named),
    groupId: group?.id ?? null,
    role: group?.role ?? null,
    isHeld,
  };
}
