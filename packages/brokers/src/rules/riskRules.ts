import {
  divide,
  fixedFromTick,
  formatFixed,
  max,
  multiply,
  ONE,
  parseFixed,
  roundTo,
  type Fixed,
} from "../domain/decimal.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { withOrder, worstCaseValue } from "./exposure.ts";
import { orderIssue } from "./orderRules.ts";
import type { RiskContext } from "./RiskInput.ts";

type RiskRule = (context: RiskContext) => OrderIssue | undefined;

const MINUTE_MS = 60_000;

const amount = (value: Fixed): string => formatFixed(roundTo(value, 2, "half_even"), 2);
const percent = (fraction: Fixed): string => `${formatFixed(roundTo(fraction * 100n, 2, "half_even"))} %`;
/** A share of nothing is none. */
const fractionOf = (whole: Fixed, fraction: Fixed): Fixed => (whole <= 0n ? 0n : multiply(whole, fraction, "down"));
const instant = (at: number | null): string => (at === null ? "unknown" : new Date(at).toISOString());

const tradingState: RiskRule = ({ tradingState: state, isReducing }) => {
  if (state === "HALTED") return orderIssue("trading_halted", "resume trading first; cancels still pass", { state });
  if (state === "REDUCING" && !isReducing)
    return orderIssue("reducing_only", "this order opens or enlarges one", { state });
  return undefined;
};

const marketOpen: RiskRule = ({ order, session }) => {
  if (session.isOpen) return undefined;
  const immediate = order.timeInForce === "ioc" || order.timeInForce === "fok";
  if (!immediate && order.type !== "market") return undefined;
  const nextOpenAt = instant(session.nextOpenAt);
  return orderIssue("market_open", `it opens at ${nextOpenAt}; a day or gtc limit order may wait for it`, {
    nextOpenAt,
  });
};

const freshQuote: RiskRule = ({ order, reference, isReducing, quote, now, limits }) => {
  if (order.type === "stop" && reference === null && !isReducing) {
    return orderIssue("fresh_quote", `nothing is known of the market to size this stop against; use a stop-limit`, {
      symbol: order.symbol,
    });
  }
  if (order.type !== "market") return undefined;
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

const orderQuantity: RiskRule = ({ order, limits }) => {
  const limit = parseFixed(limits.maxOrderQuantity);
  if (order.quantity <= limit) return undefined;
  const params = { quantity: formatFixed(order.quantity), limit: formatFixed(limit) };
  return orderIssue("order_quantity", `${params.quantity} shares, at most ${params.limit}`, params, "quantity");
};

const orderValue: RiskRule = ({ order, reference, limits }) => {
  const limit = parseFixed(limits.maxOrderValue);
  if (reference === null) return undefined;
  const value = multiply(order.quantity, reference, "up");
  if (value <= limit) return undefined;
  const params = { value: amount(value), limit: amount(limit), price: formatFixed(reference) };
  return orderIssue("order_value", `${params.value} at ${params.price}, at most ${params.limit}`, params, "quantity");
};

const positionLimit: RiskRule = ({ order, reference, exposures, equity, limits, isReducing }) => {
  if (isReducing || reference === null) return undefined;
  const fraction = parseFixed(limits.maxPositionFraction);
  const limit = fractionOf(equity, fraction);
  const value = worstCaseValue(withOrder(exposures.get(order.symbol), order, reference));
  if (value <= limit) return undefined;
  const params = {
    value: amount(value),
    limit: amount(limit),
    equity: amount(equity),
    fraction: formatFixed(fraction),
  };
  const detail = `${order.symbol} could reach ${params.value} with all open orders, at most ${params.limit} (${percent(fraction)} of equity)`;
  return orderIssue("position_limit", detail, params, "quantity");
};

const exposureLimit: RiskRule = ({ order, reference, exposures, equity, limits, isReducing }) => {
  if (isReducing || reference === null) return undefined;
  const fraction = parseFixed(limits.maxExposureFraction);
  const limit = fractionOf(equity, fraction);
  const after = new Map(exposures).set(order.symbol, withOrder(exposures.get(order.symbol), order, reference));
  const value = [...after.values()].reduce((sum, exposure) => sum + worstCaseValue(exposure), 0n);
  if (value <= limit) return undefined;
  const params = {
    value: amount(value),
    limit: amount(limit),
    equity: amount(equity),
    fraction: formatFixed(fraction),
  };
  return orderIssue(
    "exposure_limit",
    `all positions could reach ${params.value}, at most ${params.limit} (${percent(fraction)} of equity)`,
    params,
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
    `${params.loss} lost today, the limit is ${params.limit} (${percent(fraction)}); only reducing orders may go`,
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
    `needs ${params.required} of buying power, ${params.available} is there: ${shares} shares`,
    params,
    "quantity",
  );
};

const orderRate: RiskRule = ({ recentOrders, now, limits }) => {
  const recent = recentOrders.filter((order) => now - order.at < MINUTE_MS);
  if (recent.length < limits.maxOrdersPerMinute) return undefined;
  const oldest = Math.min(...recent.map((order) => order.at), now);
  const retryAfterMs = MINUTE_MS - (now - oldest);
  const params = { count: recent.length, limit: limits.maxOrdersPerMinute, retryAfterMs };
  return orderIssue(
    "order_rate",
    `${params.count} in the last minute, at most ${params.limit}; try again in ${retryAfterMs} ms`,
    params,
  );
};

const duplicateOrder: RiskRule = ({ order, recentOrders, now, limits }) => {
  const twin = recentOrders.find(
    (recent) =>
      now - recent.at < limits.duplicateWindowMs &&
      recent.clientOrderId !== order.clientOrderId &&
      recent.symbol === order.symbol &&
      recent.side === order.side &&
      recent.type === order.type &&
      recent.quantity === order.quantity &&
      recent.price === order.price &&
      recent.stopPrice === order.stopPrice,
  );
  if (twin === undefined) return undefined;
  const params = { clientOrderId: twin.clientOrderId, agoMs: now - twin.at, windowMs: limits.duplicateWindowMs };
  return orderIssue(
    "duplicate_order",
    `${twin.clientOrderId} went ${params.agoMs} ms ago; send it again after ${params.windowMs} ms if you mean it`,
    params,
  );
};

/** In the order in which a person should read them. */
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
  duplicateOrder,
];
