import { formatFixed, tryParseFixed, type Fixed } from "../domain/decimal.ts";
import { clientOrderId, IdError, type ClientOrderId } from "../domain/ids.ts";
import { ORDER_SIDES, ORDER_TYPES, TIMES_IN_FORCE, type OrderType, type TimeInForce } from "../domain/order.ts";
import type { OrderField, OrderIssue } from "../domain/validation.ts";
import { orderIssue } from "./orderRules.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";
import { isOnTick, nearestTick, tickSizeAt } from "./tickSize.ts";

export type ParseOrderResult =
  | { readonly ok: true; readonly order: ParsedOrder }
  | { readonly ok: false; readonly issues: readonly OrderIssue[] };

/** Largest quantity that any rule here reckons with, in shares. */
export const MAX_QUANTITY: Fixed = 1_000_000_000_000_000_000n;
/** Largest price of one share. */
export const MAX_PRICE: Fixed = 10_000_000_000_000_000n;

/** The client order id of an order that is only being checked and brings none. */
export const DRAFT_CLIENT_ORDER_ID: ClientOrderId = clientOrderId("draft");

const MAX_CLIENT_ORDER_ID = 32;
/** A ticker of up to ten characters, and a class after a dot: "AAPL", "BRK.B". */
const SYMBOL = /^[A-Z][A-Z0-9]{0,9}(?:\.[A-Z0-9]{1,3})?$/;

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
  const timeInForce = readChoice("timeInForce", "time_in_force_known", TIMES_IN_FORCE, input["timeInForce"] ?? "day", report);
  const extendedHours = readExtendedHours(input["extendedHours"] ?? false, report);
  const quantity = readQuantity(input["quantity"], report);
  const price = readPrice("price", type, input["price"], report);
  const stopPrice = readPrice("stopPrice", type, input["stopPrice"], report);
  const id = readClientOrderId(input["clientOrderId"] ?? fallbackId, report);
  if (type !== undefined && timeInForce !== undefined) checkCombination(type, timeInForce, extendedHours === true, report);

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
    id === undefined
  ) {
    return { ok: false, issues };
  }
  return { ok: true, order: { clientOrderId: id, symbol, side, type, timeInForce, extendedHours, quantity, price, stopPrice } };
}

type Report = (issue: OrderIssue) => undefined;

function readSymbol(value: unknown, report: Report): string | undefined {
  if (typeof value === "string" && SYMBOL.test(value)) return value;
  return report(
    orderIssue("symbol_format", `${show(value)} is not a ticker in capitals, such as AAPL or BRK.B`, { symbol: show(value) }, "symbol"),
  );
}

function readChoice<Choice extends string>(
  field: OrderField,
  rule: "side_known" | "type_known" | "time_in_force_known",
  choices: readonly Choice[],
  value: unknown,
  report: Report,
): Choice | undefined {
  const found = choices.find((choice) => choice === value);
  return found ?? report(orderIssue(rule, `${show(value)} is not one of ${choices.join(", ")}`, { value: show(value) }, field));
}

function readExtendedHours(value: unknown, report: Report): boolean | undefined {
  if (typeof value === "boolean") return value;
  return report(orderIssue("extended_hours_fits", `${show(value)} is not true or false`, { value: show(value) }, "extendedHours"));
}

function readQuantity(value: unknown, report: Report): Fixed | undefined {
  const quantity = tryParseFixed(value);
  const fault =
    quantity === undefined
      ? "is not an exact number with at most 9 decimals"
      : quantity <= 0n
        ? "is not above zero"
        : quantity > MAX_QUANTITY
          ? `is above ${formatFixed(MAX_QUANTITY)}`
          : undefined;
  if (fault === undefined) return quantity;
  return report(orderIssue("quantity_format", `${show(value)} ${fault}`, { quantity: show(value) }, "quantity"));
}

/** Null where the order's type has no such price; undefined where it was wrong. */
function readPrice(field: "price" | "stopPrice", type: OrderType | undefined, value: unknown, report: Report): Fixed | null | undefined {
  if (type === undefined) return undefined;
  const name = field === "price" ? "limit price" : "stop price";
  const given = value !== undefined && value !== null;
  if (!PRICED[type][field]) {
    if (!given) return null;
    return report(orderIssue("price_format", `a ${type} order has no ${name}; leave out ${show(value)}`, { [field]: show(value) }, field));
  }
  if (!given) return report(orderIssue("price_format", `a ${type} order needs a ${name}`, {}, field));
  const price = tryParseFixed(value);
  const fault =
    price === undefined
      ? "is not an exact number with at most 9 decimals"
      : price <= 0n
        ? "is not above zero"
        : price > MAX_PRICE
          ? `is above ${formatFixed(MAX_PRICE)}`
          : undefined;
  if (price === undefined || fault !== undefined) {
    return report(orderIssue("price_format", `the ${name} ${show(value)} ${fault ?? ""}`.trimEnd(), { [field]: show(value) }, field));
  }
  if (!isOnTick(price)) {
    const tick = formatFixed(tickSizeAt(price));
    const nearest = formatFixed(nearestTick(price));
    const written = formatFixed(price);
    return report(
      orderIssue("price_tick", `the ${name} ${written} is not a multiple of ${tick}; the nearest is ${nearest}`, { [field]: written, tick, nearest }, field),
    );
  }
  return price;
}

function readClientOrderId(value: unknown, report: Report): ClientOrderId | undefined {
  try {
    if (typeof value === "string" && value.length <= MAX_CLIENT_ORDER_ID) return clientOrderId(value);
  } catch (error) {
    if (!(error instanceof IdError)) throw error;
  }
  return report(
    orderIssue("client_order_id_format", `it has 1 to ${MAX_CLIENT_ORDER_ID} printable ASCII characters without spaces`, {
      maxLength: MAX_CLIENT_ORDER_ID,
    }),
  );
}

function checkCombination(type: OrderType, timeInForce: TimeInForce, extendedHours: boolean, report: Report): void {
  const params = { type, timeInForce };
  if (WITHOUT_STOPS.includes(timeInForce) && type !== "market" && type !== "limit") {
    report(orderIssue("time_in_force_fits", `${timeInForce} goes with market and limit orders, not with ${type}`, params, "timeInForce"));
  }
  if (extendedHours && (type !== "limit" || (timeInForce !== "day" && timeInForce !== "gtc"))) {
    report(orderIssue("extended_hours_fits", `only a limit order for day or gtc trades there, not ${type} ${timeInForce}`, params, "extendedHours"));
  }
}

/** A faulty value as a person may see it: short, and never a structure. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return value === "" ? "an empty text" : value.slice(0, 40);
  return typeof value === "object" || typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : String(value);
}
