import { divide, fixedFromTick, formatFixed, max, multiply, ONE, parseFixed, roundTo } from "../domain/decimal.ts";
import { moneyText } from "../domain/moneyText.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { isSameOrder } from "./isSameOrder.ts";
import { orderIssue } from "./orderRules.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import type { OrderPace, RecentOrder } from "./RiskInput.ts";
import { amount, fractionOf, percent } from "./riskNumbers.ts";
import type { RiskRule } from "./RiskRule.ts";
import {
  exposureLimit,
  orderQuantity,
  orderValue,
  positionLimit,
  symbolBlocked,
  symbolOrderQuantity,
  symbolOrderValue,
  symbolPositionLimit,
} from "./sizeRules.ts";

const MINUTE_MS = 60_000;

const instant = (at: number | null): string => (at === null ? "unknown" : new Date(at).toISOString());

/** It meets no quote, now or ever: it waits for the next opening or closing and trades at its price. */
const isForAuction = ({ timeInForce }: ParsedOrder): boolean => timeInForce === "opg" || timeInForce === "cls";

const tradingState: RiskRule = ({ tradingState: state, isReducing }) => {
  if (state === "HALTED") return orderIssue("trading_halted", "resume trading first; cancels still pass", { state });
  if (state === "REDUCING" && !isReducing)
    return orderIssue("reducing_only", "this order opens or enlarges one", { state });
  return undefined;
};

const marketOpen: RiskRule = ({ order, session }) => {
  if (session.isOpen || isForAuction(order)) return undefined;
  const immediate = order.timeInForce === "ioc" || order.timeInForce === "fok";
  if (!immediate && order.type !== "market") return undefined;
  const nextOpenAt = instant(session.nextOpenAt);
  return orderIssue("market_open", `it opens at ${nextOpenAt}; a day or gtc limit order may wait for it`, {
    nextOpenAt,
  });
};

/** A price of any age sizes an order that waits for its auction or for the end of a halt. */
function unknownPrice({ symbol }: ParsedOrder): OrderIssue {
  return orderIssue("fresh_quote", `no price of ${symbol} is known to size this order with; use a limit`, { symbol });
}

const freshQuote: RiskRule = ({ order, reference, isReducing, quote, now, limits }) => {
  if (order.type === "stop" && reference === null && !isReducing) {
    return orderIssue("fresh_quote", `nothing is known of the market to size this stop against; use a stop-limit`, {
      symbol: order.symbol,
    });
  }
  if (order.type !== "market") return undefined;
  // What is halted trades at no quote, but at the price at which it reopens.
  if (isForAuction(order) || quote?.halt !== undefined)
    return isReducing || reference !== null ? undefined : unknownPrice(order);
  const side = order.side === "buy" ? quote?.ask : quote?.bid;
  const { maxQuoteAgeMs } = limits;
  if (quote === null || side === null || side === undefined) {
    return orderIssue("fresh_quote", `nobody offers the other side of ${order.symbol}; use a limit`, {
      symbol: order.symbol,
      maxQuoteAgeMs,
    });
  }
  const ageMs = now - quote.receivedAt;
  if (ageMs <= maxQuoteAgeMs) return undefined;
  return orderIssue("fresh_quote", `the newest is ${ageMs} ms old, at most ${maxQuoteAgeMs} ms is; use a limit`, {
    ageMs,
    maxQuoteAgeMs,
  });
};

const priceCollar: RiskRule = ({ order, quote, now, limits }) => {
  if (order.price === null) return undefined;
  const far = order.side === "buy" ? quote?.ask : quote?.bid;
  const isFresh = quote !== null && now - quote.receivedAt <= limits.maxQuoteAgeMs;
  // Once triggered, a stop-limit meets the market at its stop.
  const market = order.stopPrice ?? (isFresh && far ? fixedFromTick(far) : null);
  if (market === null) return undefined;
  const collar = parseFixed(limits.priceCollarFraction);
  const bound = multiply(market, order.side === "buy" ? ONE + collar : ONE - collar, "half_even");
  if (order.side === "buy" ? order.price <= bound : order.price >= bound) return undefined;
  const params = { price: formatFixed(order.price), market: formatFixed(market), bound: formatFixed(bound) };
  const word = order.side === "buy" ? "above" : "below";
  return orderIssue(
    "price_collar",
    `${params.price} is ${word} ${params.bound}, ${percent(collar)} through ${params.market}`,
    params,
    "price",
  );
};

const dailyLoss: RiskRule = ({ equity, startOfDayEquity, limits, isReducing }) => {
  if (isReducing) return undefined;
  const fraction = parseFixed(limits.maxDailyLossFraction);
  const limit = fractionOf(startOfDayEquity, fraction);
  const loss = max(0n, startOfDayEquity - equity);
  if (loss < limit || loss === 0n) return undefined;
  const params = { loss: amount(loss), limit: amount(limit), fraction: formatFixed(fraction) };
  return orderIssue(
    "daily_loss",
    `${moneyText(loss)} lost today, the limit is ${moneyText(limit)} (${percent(fraction)}); only reducing orders may go`,
    params,
  );
};

const buyingPower: RiskRule = ({ opening, reference, buyingPower: power }) => {
  if (opening === 0n || reference === null) return undefined;
  const required = multiply(opening, reference, "up");
  const available = max(0n, power);
  if (required <= available) return undefined;
  const params = { required: amount(required), available: amount(available) };
  const shares = formatFixed(roundTo(divide(available, reference, "down"), 0, "down"));
  return orderIssue(
    "buying_power",
    `needs ${moneyText(required)} of buying power, ${moneyText(available)} is there: ${shares} shares`,
    params,
    "quantity",
  );
};

const orderRate: RiskRule = ({ recentOrders, now, limits, isWindingDown, pace = paceOf(recentOrders, now) }) => {
  const { count, oldestAt } = pace;
  if (isWindingDown || count < limits.maxOrdersPerMinute) return undefined;
  const retryAfterMs = MINUTE_MS - (now - Math.min(oldestAt ?? now, now));
  const params = { count, limit: limits.maxOrdersPerMinute, retryAfterMs };
  return orderIssue(
    "order_rate",
    `${params.count} in the last minute, at most ${params.limit}; try again in ${retryAfterMs} ms`,
    params,
  );
};

function paceOf(recentOrders: readonly RecentOrder[], now: number): OrderPace {
  const times = recentOrders.flatMap(({ at }) => (now - at < MINUTE_MS ? [at] : []));
  return { count: times.length, oldestAt: times.length === 0 ? null : Math.min(...times) };
}

const duplicateOrder: RiskRule = ({ order, recentOrders, now, limits }) => {
  const twin = recentOrders.find(
    (recent) =>
      now - recent.at < limits.duplicateWindowMs &&
      recent.clientOrderId !== order.clientOrderId &&
      isSameOrder(recent, order),
  );
  if (twin === undefined) return undefined;
  const params = { clientOrderId: twin.clientOrderId, agoMs: now - twin.at, windowMs: limits.duplicateWindowMs };
  return orderIssue(
    "duplicate_order",
    `${twin.clientOrderId} went ${params.agoMs} ms ago; send it again after ${params.windowMs} ms if you mean it`,
    params,
  );
};

/** While it may be working, the same side of the same symbol could be meant as its repetition: a person has to say that it is not. */
const unknownOutcome: RiskRule = ({ order, openOrders, acknowledgesUnknown = false }) => {
  if (acknowledgesUnknown) return undefined;
  const { symbol, side } = order;
  const unknown = openOrders.filter((each) => each.isUnknown === true && each.symbol === symbol && each.side === side);
  if (unknown.length === 0) return undefined;
  const shares = formatFixed(unknown.reduce((sum, { remaining }) => sum + remaining, 0n));
  const what = unknown.length === 1 ? "1 order" : `${unknown.length} orders`;
  return orderIssue(
    "unknown_outcome",
    `what became of ${what} to ${side} ${shares} ${symbol} is not known yet; wait until it is, or confirm that this one is meant beside it`,
    { count: unknown.length, shares, symbol, side },
  );
};

/** In the order in which a person should read them: the account's limits, then those of the symbol. */
export const RISK_RULES: readonly RiskRule[] = [
  tradingState,
  marketOpen,
  freshQuote,
  priceCollar,
  orderQuantity,
  orderValue,
  positionLimit,
  exposureLimit,
  dailyLoss,
  buyingPower,
  orderRate,
  symbolBlocked,
  symbolOrderQuantity,
  symbolOrderValue,
  symbolPositionLimit,
  unknownOutcome,
  duplicateOrder,
];
