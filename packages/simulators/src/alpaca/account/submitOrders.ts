import { clientOrderId } from "@trenddojo/brokers/domain";
import type { OrderRejected } from "@trenddojo/brokers/paper";
import type { LinkedExits, ParsedOrder } from "@trenddojo/brokers/rules";
import type { Drafts } from "./draftOrders.ts";
import type { SimulatedAccount } from "./SimulatedAccount.ts";
import { isQueued, type VendorOrder } from "./VendorOrder.ts";

/** What the exchange calls an exit, behind what it calls the order that it hangs on. */
const SUFFIXES = { entry: "", take_profit: "-tp", stop_loss: "-sl" } as const;

/** Gives the exchange an order and its exits. Undefined where they were taken. */
export function submitOrders(account: SimulatedAccount, drafts: Drafts): OrderRejected | undefined {
  const order = exchangeOrder(account, drafts);
  const [first, ...legs] = drafts;
  const named = legs.map((leg): [string, VendorOrder] => [order.clientOrderId + SUFFIXES[leg.role ?? "entry"], leg]);
  const expected = new Map([[order.clientOrderId, first], ...named]);
  const events = account.translator.expecting(expected, () => account.exchange.submit(account.now(), order));
  return events.find((event) => event.type === "order_rejected");
}

/** Gives the exchange what waited for a session that is on now, and has a price in it. */
export function submitQueued(account: SimulatedAccount): void {
  for (const order of account.ledger.open().filter((each) => isQueued(each) && account.isTradable(each))) {
    const drafts: Drafts = [order, ...account.ledger.legs(order)];
    // Without a price of the new session the exchange would refuse it.
    if (account.exchange.preview(account.now(), exchangeOrder(account, drafts)) === undefined) continue;
    if (submitOrders(account, drafts) === undefined) continue;
    for (const draft of drafts) account.translator.end(draft, "rejected");
  }
}

/**
 * What the exchange is asked for. Its names of orders are its own: it takes shorter ones than the vendor, and remembers
 * those of the orders that it refused.
 */
export function exchangeOrder({ exchange }: SimulatedAccount, [order, ...legs]: Drafts): ParsedOrder {
  return {
    clientOrderId: clientOrderId(`v${exchange.sequence + 1}`),
    symbol: order.symbol,
    side: order.side,
    type: order.type === "trailing_stop" ? "stop" : order.type,
    timeInForce: order.timeInForce,
    extendedHours: order.extendedHours,
    quantity: order.qty === null ? 0n : order.qty - order.filledQty,
    price: order.limitPrice,
    // The market names the stop of a trailing one.
    stopPrice: order.trail === null ? order.stopPrice : null,
    ...(order.trail === null ? {} : { trail: order.trail }),
    ...(order.notional === null ? {} : { notional: order.notional }),
    ...(order.timeInForce === "gtc" ? { expiresAt: order.expiresAt } : {}),
    ...(order.orderClass === "simple" ? {} : { linked: linkedExits(order.orderClass, legs) }),
  };
}

function linkedExits(orderClass: LinkedExits["orderClass"], legs: readonly VendorOrder[]): LinkedExits {
  const profit = legs.find(({ role }) => role === "take_profit")?.limitPrice ?? null;
  const stop = legs.find(({ role }) => role === "stop_loss");
  const stopPrice = stop?.stopPrice ?? null;
  const limit = stop?.limitPrice ?? null;
  return {
    orderClass,
    takeProfit: profit === null ? null : { price: profit },
    stopLoss: stopPrice === null ? null : { stopPrice, ...(limit === null ? {} : { price: limit }) },
  };
}
