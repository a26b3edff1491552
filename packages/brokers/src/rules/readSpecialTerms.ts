import { formatFixed, ONE, tryParseFixed, type Fixed } from "../domain/decimal.ts";
import { TRAIL_KINDS, type OrderType, type TimeInForce, type Trail } from "../domain/order.ts";
import { MAX_PRICE, MAX_QUANTITY, show, type Report } from "./orderFields.ts";
import { orderIssue } from "./orderRules.ts";

/** A trail of this many percent would put a sell stop at zero. */
const WHOLE_PERCENT: Fixed = 100n * ONE;

/** Dollars of a market order; undefined where they were wrong. */
export function readNotional(value: unknown, type: OrderType | undefined, report: Report): Fixed | undefined {
  const notional = tryParseFixed(value);
  const fault =
    type !== undefined && type !== "market"
      ? `only a market order is for an amount of money, not a ${type} order`
      : notional === undefined
        ? `${show(value)} is not an exact number with at most 9 decimals`
        : notional <= 0n
          ? `${show(value)} is not above zero`
          : notional > MAX_QUANTITY
            ? `${show(value)} is above ${formatFixed(MAX_QUANTITY)}`
            : undefined;
  if (fault === undefined) return notional;
  return report(orderIssue("notional_format", fault, { notional: show(value) }, "notional"));
}

/** How a trailing stop trails; undefined where that was wrong. */
export function readTrail(value: unknown, type: OrderType | undefined, report: Report): Trail<Fixed> | undefined {
  const fault = (detail: string): undefined => report(orderIssue("trail_format", detail, {}, "trail"));
  if (type !== undefined && type !== "stop") return fault(`only a stop trails, not a ${type} order`);
  if (typeof value !== "object" || value === null) return fault(`${show(value)} is not { by, value }`);
  const input: Readonly<Record<string, unknown>> = { ...value };
  const by = TRAIL_KINDS.find((each) => each === input["by"]);
  if (by === undefined) return fault(`${show(input["by"])} is not one of ${TRAIL_KINDS.join(", ")}`);
  const distance = tryParseFixed(input["value"]);
  if (distance === undefined || distance <= 0n) return fault(`${show(input["value"])} is not a number above zero`);
  if (by === "percent" && distance >= WHOLE_PERCENT) return fault(`${formatFixed(distance)} % is not below 100 %`);
  if (distance > MAX_PRICE) return fault(`${formatFixed(distance)} is above ${formatFixed(MAX_PRICE)}`);
  return { by, value: distance };
}

/** The instant at which a gtc order ends; undefined where it was wrong. Whether it is still to come is for the venue. */
export function readExpiry(value: unknown, timeInForce: TimeInForce | undefined, report: Report): number | undefined {
  const fault = (detail: string): undefined => report(orderIssue("expiry_fits", detail, {}, "expiresAt"));
  if (timeInForce !== undefined && timeInForce !== "gtc") return fault(`it goes with gtc, not with ${timeInForce}`);
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  return fault(`${show(value)} is not an instant in epoch milliseconds`);
}
