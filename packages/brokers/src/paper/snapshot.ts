import { formatFixed, money, parseFixed, price, quantity } from "../domain/decimal.ts";
import type { Reason } from "../domain/Reason.ts";
import type { AccountState } from "./AccountState.ts";
import type { Holding } from "./Holding.ts";
import { readNullable, readOrder, readReplaceRequest } from "./foldEvent.ts";
import { MarketView } from "./MarketView.ts";
import { restoreMoney, snapshotMoney } from "./money/moneySnapshot.ts";
import type { OrderFilled } from "./PaperEvent.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { OrderSnapshot, PaperSnapshot, SymbolSnapshot } from "./PaperSnapshot.ts";
import type { TradingPhase } from "./SessionState.ts";
import type { SymbolState } from "./SymbolState.ts";

/** The whole account as JSON. Two accounts in the same state give the same text (PX4). */
export function takeSnapshot(state: AccountState, phase: TradingPhase | null): PaperSnapshot {
  const symbols = [...state.symbols].toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return {
    version: 1,
    sequence: state.sequence,
    at: Number.isFinite(state.now) ? state.now : null,
    startingCash: money(state.startingCash),
    cash: money(state.cash),
    fees: money(state.feesPaid),
    day: Number.isFinite(state.day.endsAt) ? { equity: money(state.day.equity), endsAt: state.day.endsAt } : null,
    phase,
    orders: Array.from(state.orders, snapshotOrder),
    fills: [...state.fills],
    money: snapshotMoney(state.money),
    symbols: symbols.map(snapshotSymbol),
    ...snapshotRequests(state),
  };
}

/** Puts a snapshot into an account that has just been created. @throws DecimalError */
export function applySnapshot(state: AccountState, snapshot: PaperSnapshot): void {
  state.sequence = snapshot.sequence;
  if (snapshot.at !== null) state.now = snapshot.at;
  state.cash = parseFixed(snapshot.cash);
  state.feesPaid = parseFixed(snapshot.fees);
  if (snapshot.day !== null) state.startDay(parseFixed(snapshot.day.equity), snapshot.day.endsAt);
  for (const stored of snapshot.symbols) {
    state.tradableSymbol(stored.symbol);
    const symbol = state.symbol(stored.symbol);
    restoreSymbol(symbol, stored);
    state.hold(symbol, readHolding(stored));
  }
  for (const stored of snapshot.orders) state.restoreOrder(restoreOrder(stored));
  for (const { market } of snapshot.symbols) {
    for (const { orderId, ahead } of market.queues ?? []) {
      const order = state.order(orderId);
      if (order !== undefined) order.ahead = parseFixed(ahead);
    }
  }
  for (const request of snapshot.requests ?? []) {
    state.inFlight.add(
      request.type === "cancel_requested"
        ? { kind: "cancel", orderId: request.orderId, arrivesAt: request.arrivesAt }
        : readReplaceRequest(request),
    );
  }
  for (const fill of snapshot.fills) restoreFill(state, fill);
  if (snapshot.money !== undefined) restoreMoney(state.money, snapshot.money);
}

function snapshotOrder(order: PaperOrder): OrderSnapshot {
  const { terms, dayTrade } = order;
  return {
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    orderType: order.orderType,
    timeInForce: terms.timeInForce,
    extendedHours: order.extendedHours,
    quantity: quantity(terms.quantity),
    price: terms.price === null ? null : price(terms.price),
    stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
    status: order.status,
    referencePrice: price(terms.referencePrice),
    expiresAt: terms.expiresAt,
    priority: terms.priority,
    isTriggered: order.isTriggered,
    filledQuantity: quantity(order.filledQuantity),
    commission: money(order.commission),
    dayTrade:
      dayTrade === null
        ? null
        : {
            dayEndsAt: dayTrade.dayEndsAt,
            quantity: quantity(dayTrade.quantity),
            notional: money(dayTrade.notional),
            sec: money(dayTrade.sec),
            taf: money(dayTrade.taf),
          },
    reason: order.reason,
    submittedAt: order.submittedAt,
    updatedAt: order.updatedAt,
    ...(order.trail === null ? {} : { trail: { by: order.trail.by, value: formatFixed(order.trail.value) } }),
    ...(order.group === null ? {} : { group: order.group }),
    ...(order.notional === null ? {} : { notional: money(order.notional) }),
    ...(order.arrivesAt === null || !order.isOpen ? {} : { arrivesAt: order.arrivesAt }),
    ...(order.watermark === null ? {} : { watermark: price(order.watermark) }),
    ...(order.isHeld ? { isHeld: true } : {}),
    ...(order.triggeredBy === null ? {} : { triggeredBy: order.triggeredBy }),
  };
}

/** Orders say for themselves that they are on their way. */
function snapshotRequests(state: AccountState): Pick<PaperSnapshot, "requests"> {
  const requests = [...state.inFlight].flatMap((request) => {
    const { kind, arrivesAt } = request;
    const order = state.order(request.orderId);
    if (order === undefined || kind === "order") return [];
    const { orderId } = order;
    if (kind === "cancel") return { type: "cancel_requested", orderId, arrivesAt } as const;
    const { changes } = request;
    return {
      type: "replace_requested",
      orderId,
      arrivesAt,
      ...(changes.quantity === undefined ? {} : { quantity: quantity(changes.quantity) }),
      ...(changes.price === undefined ? {} : { price: price(changes.price) }),
      ...(changes.stopPrice === undefined ? {} : { stopPrice: price(changes.stopPrice) }),
      ...(changes.timeInForce === undefined ? {} : { timeInForce: changes.timeInForce }),
    } as const;
  });
  return requests.length === 0 ? {} : { requests };
}

function restoreOrder(stored: OrderSnapshot): PaperOrder {
  const order = readOrder(stored);
  const { dayTrade } = stored;
  order.status = stored.status;
  order.isTriggered = stored.isTriggered;
  order.triggeredBy = stored.triggeredBy ?? null;
  order.filledQuantity = parseFixed(stored.filledQuantity);
  order.commission = parseFixed(stored.commission);
  order.dayTrade =
    dayTrade === null
      ? null
      : {
          dayEndsAt: dayTrade.dayEndsAt,
          quantity: parseFixed(dayTrade.quantity),
          notional: parseFixed(dayTrade.notional),
          sec: parseFixed(dayTrade.sec),
          taf: parseFixed(dayTrade.taf),
        };
  order.reason = readReason(stored.reason);
  order.updatedAt = stored.updatedAt;
  return order;
}

/** What an order's fills came to is not kept with it: all of them are there. */
function restoreFill(state: AccountState, fill: OrderFilled): void {
  const order = state.order(fill.orderId);
  if (order !== undefined) order.filledValue += parseFixed(fill.quantity) * parseFixed(fill.price);
  state.fills.add(fill);
}

/** Older snapshots kept the sentence alone. */
function readReason(stored: OrderSnapshot["reason"]): Reason | null {
  return typeof stored === "string" ? { rule: "", text: stored, params: {} } : stored;
}

function snapshotSymbol(symbol: SymbolState): SymbolSnapshot {
  const { holding } = symbol;
  const market = symbol.market.toState();
  const queues = [...symbol.book.buy.working, ...symbol.book.sell.working].flatMap(({ orderId, ahead }) =>
    ahead === null ? [] : { orderId, ahead: quantity(ahead) },
  );
  return {
    symbol: symbol.symbol,
    quantity: quantity(holding.quantity),
    cost: money(holding.cost),
    realized: money(holding.realized),
    market: {
      ...market,
      bid: { ...market.bid, taken: quantity(market.bid.taken) },
      ask: { ...market.ask, taken: quantity(market.ask.taken) },
      mark: market.mark === null ? null : price(market.mark),
      ...(queues.length === 0 ? {} : { queues }),
    },
    ...(symbol.halt === null ? {} : { halt: symbol.halt }),
  };
}

function readHolding({ quantity, cost, realized }: SymbolSnapshot): Holding {
  return { quantity: parseFixed(quantity), cost: parseFixed(cost), realized: parseFixed(realized) };
}

function restoreSymbol(symbol: SymbolState, stored: SymbolSnapshot): void {
  const { market } = stored;
  symbol.halt = stored.halt ?? null;
  symbol.market = MarketView.fromState({
    ...market,
    bid: { ...market.bid, taken: parseFixed(market.bid.taken) },
    ask: { ...market.ask, taken: parseFixed(market.ask.taken) },
    mark: readNullable(market.mark),
  });
}
