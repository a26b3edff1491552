import { formatFixed, multiply, parseFixed } from "../domain/decimal.ts";
import { moneyText } from "../domain/moneyText.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { withOrder, worstCaseValue } from "./exposure.ts";
import { orderIssue, type OrderRule } from "./orderRules.ts";
import type { RiskContext } from "./RiskInput.ts";
import type { RiskRule } from "./RiskRule.ts";
import { amount, fractionOf, percent } from "./riskNumbers.ts";

/** One of the account's limits, and the same one of the order's symbol where that has its own. */
interface Tier<Limit> {
  readonly rule: OrderRule;
  readonly limit: Limit | null | undefined;
}

function overQuantity(
  { order, isWindingDown }: RiskContext,
  { rule, limit: text }: Tier<string>,
): OrderIssue | undefined {
  if (text === null || text === undefined || isWindingDown) return undefined;
  const limit = parseFixed(text);
  if (order.quantity <= limit) return undefined;
  const params = { quantity: formatFixed(order.quantity), limit: formatFixed(limit) };
  return orderIssue(rule, `${params.quantity} shares, at most ${params.limit}`, params, "quantity");
}

export const orderQuantity: RiskRule = (context) =>
  overQuantity(context, { rule: "order_quantity", limit: context.limits.maxOrderQuantity });
export const symbolOrderQuantity: RiskRule = (context) =>
  overQuantity(context, { rule: "symbol_order_quantity", limit: context.symbolLimits?.maxOrderQuantity });

function overValue(
  { order, reference, isWindingDown }: RiskContext,
  { rule, limit: text }: Tier<string>,
): OrderIssue | undefined {
  if (text === null || text === undefined || reference === null || isWindingDown) return undefined;
  const limit = parseFixed(text);
  const value = multiply(order.quantity, reference, "up");
  if (value <= limit) return undefined;
  const params = { value: amount(value), limit: amount(limit), price: formatFixed(reference) };
  return orderIssue(rule, `${moneyText(value)} at ${params.price}, at most ${moneyText(limit)}`, params, "quantity");
}

export const orderValue: RiskRule = (context) =>
  overValue(context, { rule: "order_value", limit: context.limits.maxOrderValue });
export const symbolOrderValue: RiskRule = (context) =>
  overValue(context, { rule: "symbol_order_value", limit: context.symbolLimits?.maxOrderValue });

function overPosition(context: RiskContext, { rule, limit: share }: Tier<number>): OrderIssue | undefined {
  const { order, reference, exposures, equity, isReducing } = context;
  if (share === null || share === undefined || isReducing || reference === null) return undefined;
  const fraction = parseFixed(share);
  const limit = fractionOf(equity, fraction);
  const value = worstCaseValue(withOrder(exposures.get(order.symbol), order, reference));
  if (value <= limit) return undefined;
  const params = {
    value: amount(value),
    limit: amount(limit),
    equity: amount(equity),
    fraction: formatFixed(fraction),
  };
  const detail = `${order.symbol} could reach ${moneyText(value)} with all open orders, at most ${moneyText(limit)} (${percent(fraction)} of equity)`;
  return orderIssue(rule, detail, params, "quantity");
}

export const positionLimit: RiskRule = (context) =>
  overPosition(context, { rule: "position_limit", limit: context.limits.maxPositionFraction });
export const symbolPositionLimit: RiskRule = (context) =>
  overPosition(context, { rule: "symbol_position_limit", limit: context.symbolLimits?.maxPositionFraction });

export const symbolBlocked: RiskRule = ({ order: { symbol }, symbolLimits, isReducing }) =>
  symbolLimits?.isBlocked !== true || isReducing
    ? undefined
    : orderIssue("symbol_blocked", `only orders that reduce a position in ${symbol} may go`, { symbol }, "symbol");

export const exposureLimit: RiskRule = ({ order, reference, exposures, equity, limits, isReducing }) => {
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
    `all positions could reach ${moneyText(value)}, at most ${moneyText(limit)} (${percent(fraction)} of equity)`,
    params,
  );
};
