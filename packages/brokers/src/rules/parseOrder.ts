import type { Fixed } from "../domain/decimal.ts";
import { clientOrderId, IdError, type ClientOrderId } from "../domain/ids.ts";
import { ORDER_SIDES, ORDER_TYPES, TIMES_IN_FORCE, type OrderType, type TimeInForce } from "../domain/order.ts";
import type { OrderIssue } from "../domain/validation.ts";
import { priceName, readChoice, readPrice, readQuantity, readSymbol, show, type Report } from "./orderFields.ts";
import { orderIssue } from "./orderRules.ts";
import { readExpiry, readNotional, readTrail } from "./readSpecialTerms.ts";
import { readLinkedExits } from "./readLinkedExits.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";

export type ParseOrderResult =
  | { readonly ok: true; readonly order: ParsedOrder }
  | { readonly ok: false; readonly issues: readonly OrderIssue[] };

/** The client order id of an order that is only being checked and brings none. */
export const DRAFT_CLIENT_ORDER_ID: ClientOrderId = clientOrderId("draft");

const MAX_CLIENT_ORDER_ID = 32;

/** Which prices each type of order has. */
const PRICED: Readonly<Record<OrderType, Readonly<Record<"price" | "stopPrice", boolean>>>> = {
  market: { price: false, stopPrice: false },
  limit: { price: true, stopPrice: false },
  stop: { price: false, stopPrice: true },
  stop_limit: { price: true, stopPrice: true },
};

/** These act at once or in an auction; a stop waits for its trigger. */
const WITHOUT_STOPS: readonly TimeInForce[] = ["ioc", "fok", "opg", "cls"];

/**
 * Reads an order from anything: every field is checked and every fault is answered, none thrown.
 * `fallbackId` becomes the client order id of a request that brings none.
 */
export function parseOrder(request: unknown, fallbackId: ClientOrderId = DRAFT_CLIENT_ORDER_ID): ParseOrderResult {
  if (typeof request !== "object" || request === null || Array.isArray(request)) {
    return { ok: false, issues: [orderIssue("order_shape", "an order is an object", {})] };
  }
  const issues: OrderIssue[] = [];
  const report = (issue: OrderIssue): undefined => void issues.push(issue);
  const input: Readonly<Record<string, unknown>> = { ...request };

  const symbol = readSymbol(input["symbol"], report);
  const side = readChoice("side", "side_known", ORDER_SIDES, input["side"], report);
  const type = readChoice("type", "type_known", ORDER_TYPES, input["type"], report);
  const timeInForce = readChoice(
    "timeInForce",
    "time_in_force_known",
    TIMES_IN_FORCE,
    input["timeInForce"] ?? "day",
    report,
  );
  const extendedHours = readExtendedHours(input["extendedHours"] ?? false, report);
  const isNotional = isGiven(input["notional"]);
  const notional = isNotional ? readNotional(input["notional"], type, report) : null;
  if (isNotional && isGiven(input["quantity"])) {
    report(orderIssue("notional_format", "an order has a quantity or an amount of money, not both", {}, "notional"));
  }
  const quantity = isNotional ? 0n : readQuantity(input["quantity"], report);
  const isTrailing = isGiven(input["trail"]);
  const trail = isTrailing ? readTrail(input["trail"], type, report) : null;
  const price = readDuePrice("price", type, input["price"], report);
  const stopPrice = isTrailing
    ? readNoStopPrice(input["stopPrice"], report)
    : readDuePrice("stopPrice", type, input["stopPrice"], report);
  const expiresAt = isGiven(input["expiresAt"]) ? readExpiry(input["expiresAt"], timeInForce, report) : null;
  const linked = readLinkedExits(
    input,
    { side, type, timeInForce, extendedHours: extendedHours === true, price },
    report,
  );
  const id = readClientOrderId(input["clientOrderId"] ?? fallbackId, report);
  if (type !== undefined && timeInForce !== undefined)
    checkCombination(type, timeInForce, extendedHours === true, report);
  if (isNotional && timeInForce !== undefined && timeInForce !== "day") {
    const detail = `an amount of money goes with day, not with ${timeInForce}`;
    report(orderIssue("time_in_force_fits", detail, { timeInForce }, "timeInForce"));
  }
  if (isNotional && linked !== null && linked !== undefined) {
    report(orderIssue("exits_fit", "linked orders have a quantity, not an amount of money", {}, "notional"));
  }

  if (
    issues.length > 0 ||
    symbol === undefined ||
    side === undefined ||
    type === undefined ||
    timeInForce === undefined ||
    extendedHours === undefined ||
    quantity === undefined ||
    price === undefined ||
    stopPrice === undefined ||
    notional === undefined ||
    trail === undefined ||
    expiresAt === undefined ||
    linked === undefined ||
    id === undefined
  ) {
    return { ok: false, issues };
  }
  return {
    ok: true,
    order: {
      clientOrderId: id,
      symbol,
      side,
      type,
      timeInForce,
      extendedHours,
      quantity,
      price,
      stopPrice,
      ...(trail === null ? {} : { trail }),
      ...(notional === null ? {} : { notional }),
      ...(expiresAt === null ? {} : { expiresAt }),
      ...(linked === null ? {} : { linked }),
    },
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function readNoStopPrice(value: unknown, report: Report): null | undefined {
  if (!isGiven(value)) return null;
  const stopPrice = show(value);
  return report(
    orderIssue(
      "price_format",
      `the market gives a trailing stop its stop price; leave out ${stopPrice}`,
      { stopPrice },
      "stopPrice",
    ),
  );
}

function readExtendedHours(value: unknown, report: Report): boolean | undefined {
  if (typeof value === "boolean") return value;
  return report(
    orderIssue("extended_hours_fits", `${show(value)} is not true or false`, { value: show(value) }, "extendedHours"),
  );
}

/** Null where the order's type has no such price; undefined where it was wrong, or the type was. */
function readDuePrice(
  field: "price" | "stopPrice",
  type: OrderType | undefined,
  value: unknown,
  report: Report,
): Fixed | null | undefined {
  if (type === undefined) return undefined;
  if (PRICED[type][field]) {
    if (isGiven(value)) return readPrice(field, value, report);
    return report(orderIssue("price_format", `a ${type} order needs a ${priceName(field)}`, {}, field));
  }
  if (!isGiven(value)) return null;
  const given = show(value);
  return report(
    orderIssue(
      "price_format",
      `a ${type} order has no ${priceName(field)}; leave out ${given}`,
      { [field]: given },
      field,
    ),
  );
}

function readClientOrderId(value: unknown, report: Report): ClientOrderId | undefined {
  try {
    if (typeof value === "string" && value.length <= MAX_CLIENT_ORDER_ID) return clientOrderId(value);
  } catch (error) {
    if (!(error instanceof IdError)) throw error;
  }
  return report(
    orderIssue(
      "client_order_id_format",
      `it has 1 to ${MAX_CLIENT_ORDER_ID} printable ASCII characters without spaces`,
      {
        maxLength: MAX_CLIENT_ORDER_ID,
      },
    ),
  );
}

function checkCombination(type: OrderType, timeInForce: TimeInForce, extendedHours: boolean, report: Report): void {
  const params = { type, timeInForce };
  if (WITHOUT_STOPS.includes(timeInForce) && type !== "market" && type !== "limit") {
    report(
      orderIssue(
        "time_in_force_fits",
        `${timeInForce} goes with market and limit orders, not with ${type}`,
        params,
        "timeInForce",
      ),
    );
  }
  if (extendedHours && (type !== "limit" || (timeInForce !== "day" && timeInForce !== "gtc"))) {
    report(
      orderIssue(
        "extended_hours_fits",
        `only a limit order for day or gtc trades there, not ${type} ${timeInForce}`,
        params,
        "extendedHours",
      ),
    );
  }
}
