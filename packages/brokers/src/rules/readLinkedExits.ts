import { formatFixed, type Fixed } from "../domain/decimal.ts";
import { ORDER_CLASSES, type OrderSide, type OrderType, type TimeInForce } from "../domain/order.ts";
import type { OrderField } from "../domain/validation.ts";
import { readPrice, show, type Report } from "./orderFields.ts";
import { orderIssue } from "./orderRules.ts";
import type { LinkedExits } from "./ParsedOrder.ts";

type Input = Readonly<Record<string, unknown>>;

const KNOWN_CLASSES = ["simple", ...ORDER_CLASSES] as const;

/** What of the order its exits must fit; undefined where that could not be read. */
export interface ExitContext {
  readonly side: OrderSide | undefined;
  readonly type: OrderType | undefined;
  readonly timeInForce: TimeInForce | undefined;
  readonly extendedHours: boolean;
  /** The order's own limit. */
  readonly price: Fixed | null | undefined;
}

/** Reads `orderClass`, `takeProfit` and `stopLoss`; null for a simple order, undefined where something was wrong. */
export function readLinkedExits(input: Input, context: ExitContext, report: Report): LinkedExits | null | undefined {
  const given = input["orderClass"] ?? "simple";
  const orderClass = KNOWN_CLASSES.find((each) => each === given);
  if (orderClass === undefined) {
    const value = show(given);
    return report(
      orderIssue("order_class_known", `${value} is not one of ${KNOWN_CLASSES.join(", ")}`, { value }, "orderClass"),
    );
  }
  if (orderClass === "simple") {
    const stray = (["takeProfit", "stopLoss"] as const).find((name) => isGiven(input[name]));
    if (stray === undefined) return null;
    return misfit(report, `a simple order has no exits; leave out ${stray} or name the order class`, stray);
  }
  const unfit = unfitOrder(orderClass, context);
  if (unfit !== undefined) return misfit(report, unfit, "orderClass");
  const takeProfit = readTakeProfit(input["takeProfit"], report);
  const stopLoss = readStopLoss(input["stopLoss"], report);
  if (takeProfit === undefined || stopLoss === undefined) return undefined;
  const exits = { orderClass, takeProfit, stopLoss };
  const fault = unfitExits(exits, context);
  return fault === undefined ? exits : misfit(report, fault.detail, fault.field);
}

/** A fault of an exit's price is told at the exit: the order has fields of these names of its own. */
const at =
  (field: "takeProfit" | "stopLoss", report: Report): Report =>
  (issue) =>
    report({ ...issue, field });

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function misfit(report: Report, detail: string, field: OrderField): undefined {
  return report(orderIssue("exits_fit", detail, {}, field));
}

function unfitOrder(orderClass: LinkedExits["orderClass"], context: ExitContext): string | undefined {
  const { type, timeInForce, extendedHours } = context;
  if (orderClass === "oco" && type !== undefined && type !== "limit") {
    return `the order of an oco is its exit with a profit, a limit order, not ${type}`;
  }
  if (type === "stop" || type === "stop_limit") return `an entry is a market or a limit order, not ${type}`;
  if (timeInForce !== undefined && timeInForce !== "day" && timeInForce !== "gtc") {
    return `linked orders are for day or gtc, not ${timeInForce}`;
  }
  return extendedHours ? "linked orders do not trade in extended hours" : undefined;
}

interface Fault {
  readonly field: OrderField;
  readonly detail: string;
}

/** Which exits a class has, and on which side of each other they lie. */
function unfitExits({ orderClass, takeProfit, stopLoss }: LinkedExits, context: ExitContext): Fault | undefined {
  const { side, price } = context;
  if (orderClass === "bracket" && (takeProfit === null || stopLoss === null)) {
    return { field: "orderClass", detail: "a bracket has a takeProfit and a stopLoss" };
  }
  if (orderClass === "oco" && (takeProfit !== null || stopLoss === null)) {
    return { field: "orderClass", detail: "an oco has a stopLoss; its takeProfit is the order itself" };
  }
  if (orderClass === "oto" && (takeProfit === null) === (stopLoss === null)) {
    return { field: "orderClass", detail: "an oto has one exit, a takeProfit or a stopLoss" };
  }
  if (side === undefined) return undefined;
  // The side of the exits: a sale takes its profit above, a buy below.
  const sells = orderClass === "oco" ? side === "sell" : side === "buy";
  const above = (high: Fixed, low: Fixed): boolean => (sells ? high > low : high < low);
  const entry = orderClass === "oco" ? null : (price ?? null);
  const profit = orderClass === "oco" ? (price ?? null) : (takeProfit?.price ?? null);
  const loss = stopLoss?.stopPrice ?? null;
  const word = sells ? "above" : "below";
  const fault = (field: OrderField, high: string, low: string): Fault => ({
    field,
    detail: `the ${high} must lie ${word} the ${low}`,
  });
  if (profit !== null && loss !== null && !above(profit, loss)) {
    return fault("stopLoss", `profit at ${formatFixed(profit)}`, `stop at ${formatFixed(loss)}`);
  }
  if (entry !== null && profit !== null && !above(profit, entry)) {
    return fault("takeProfit", `profit at ${formatFixed(profit)}`, `entry at ${formatFixed(entry)}`);
  }
  if (entry !== null && loss !== null && !above(entry, loss)) {
    return fault("stopLoss", `entry at ${formatFixed(entry)}`, `stop at ${formatFixed(loss)}`);
  }
  return undefined;
}

function readTakeProfit(value: unknown, report: Report): LinkedExits["takeProfit"] | undefined {
  if (!isGiven(value)) return null;
  const input = readObject(value, "takeProfit", report);
  const price =
    input === undefined ? undefined : readPrice("price", input["price"], at("takeProfit", report), "profit at");
  return price === undefined ? undefined : { price };
}

function readStopLoss(value: unknown, report: Report): LinkedExits["stopLoss"] | undefined {
  if (!isGiven(value)) return null;
  const input = readObject(value, "stopLoss", report);
  if (input === undefined) return undefined;
  const stopPrice = readPrice("stopPrice", input["stopPrice"], at("stopLoss", report));
  if (!isGiven(input["price"])) return stopPrice === undefined ? undefined : { stopPrice };
  const price = readPrice("price", input["price"], at("stopLoss", report));
  return stopPrice === undefined || price === undefined ? undefined : { stopPrice, price };
}

function readObject(value: unknown, field: "takeProfit" | "stopLoss", report: Report): Input | undefined {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  return misfit(report, `${field} is an object with its prices, not ${show(value)}`, field);
}
