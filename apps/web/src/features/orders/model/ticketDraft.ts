import { tryParseFixed } from "@trenddojo/brokers/domain";
import type { OrderSide, OrderType, TimeInForce } from "@trenddojo/brokers/domain";
import type { OrderInput } from "@trenddojo/server/wire";

/** What a ticket holds; the numbers as canonical decimals, or the text that a person typed and that is none. */
export interface TicketDraft {
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly quantity: string;
  readonly price: string;
  readonly stopPrice: string;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
}

export const EMPTY_DRAFT: TicketDraft = {
  side: "buy",
  type: "market",
  quantity: "",
  price: "",
  stopPrice: "",
  timeInForce: "day",
  extendedHours: false,
};

export type DraftField = "quantity" | "price" | "stopPrice";

export const needsPrice = (type: OrderType): boolean => type === "limit" || type === "stop_limit";
export const needsStopPrice = (type: OrderType): boolean => type === "stop" || type === "stop_limit";

/** What keeps the draft from being an order at all, by field. Everything else is the desk's to judge. */
export function draftProblems(draft: TicketDraft): Readonly<Record<DraftField, readonly string[]>> {
  return {
    quantity: positive(draft.quantity, "a quantity, such as 100"),
    price: needsPrice(draft.type) ? positive(draft.price, "a limit price, such as 187.50") : [],
    stopPrice: needsStopPrice(draft.type) ? positive(draft.stopPrice, "a stop price, such as 180.00") : [],
  };
}

/** The order as the desk takes it; undefined while a number is missing or unreadable. */
export function toOrderInput(symbol: string, draft: TicketDraft): OrderInput | undefined {
  if (Object.values(draftProblems(draft)).some((problems) => problems.length > 0)) return undefined;
  const { side, quantity, timeInForce, extendedHours, price, stopPrice } = draft;
  const base = { symbol, side, quantity, timeInForce, extendedHours };
  switch (draft.type) {
    case "market":
      return { ...base, type: "market" };
    case "limit":
      return { ...base, type: "limit", price };
    case "stop":
      return { ...base, type: "stop", stopPrice };
    case "stop_limit":
      return { ...base, type: "stop_limit", price, stopPrice };
  }
}

function positive(text: string, wanted: string): readonly string[] {
  if (text === "") return [`Enter ${wanted}.`];
  const value = tryParseFixed(text);
  if (value === undefined) return [`“${text}” is not a number with at most 9 decimals. Enter ${wanted}.`];
  return value > 0n ? [] : ["It must be above zero."];
}
