import type { OrderSide, OrderType, TimeInForce } from "@trenddojo/brokers/domain";
import type { OrderInput } from "@trenddojo/server/wire";
import { numberProblems } from "./draftNumber.ts";
import { exitProblems, exitsInput, NO_EXITS } from "./exitsDraft.ts";
import type { ExitChoice, ExitsDraft } from "./exitsDraft.ts";
import { trailProblems } from "./trailDraft.ts";
import type { TrailDraft } from "./trailDraft.ts";

/** What a person chooses from: the order types, and the stop whose price the market moves. */
export type TicketType = OrderType | "trailing_stop";

/** What a ticket holds; the numbers as canonical decimals, or the text that a person typed and that is none. */
export interface TicketDraft {
  readonly side: OrderSide;
  readonly type: TicketType;
  /** What the size of the order is counted in. */
  readonly unit: "shares" | "dollars";
  readonly quantity: string;
  /** Dollars. */
  readonly notional: string;
  readonly price: string;
  readonly stopPrice: string;
  readonly trail: TrailDraft;
  readonly timeInForce: TimeInForce;
  /** When a `gtc` order ends, as an instant on the wire; empty for never, `UNREADABLE` while it is not whole. */
  readonly expiresAt: string;
  readonly extendedHours: boolean;
  readonly exits: ExitsDraft;
}

/** A date and time of which something is missing. */
export const UNREADABLE = "unreadable";

export const EMPTY_DRAFT: TicketDraft = {
  side: "buy",
  type: "market",
  unit: "shares",
  quantity: "",
  notional: "",
  price: "",
  stopPrice: "",
  trail: { by: "percent", value: "" },
  timeInForce: "day",
  expiresAt: "",
  extendedHours: false,
  exits: NO_EXITS,
};

export const needsPrice = (type: TicketType): boolean => type === "limit" || type === "stop_limit";
export const needsStopPrice = (type: TicketType): boolean => type === "stop" || type === "stop_limit";
export const isEntryType = (type: TicketType): boolean => type === "market" || type === "limit";

/** Whether the order may be for an amount of money: the brokers that take one take it for a market order of the day. */
export const takesDollars = ({ type, timeInForce }: Pick<TicketDraft, "type" | "timeInForce">): boolean =>
  type === "market" && timeInForce === "day";

export const isInDollars = (draft: TicketDraft): boolean => draft.unit === "dollars" && takesDollars(draft);

/** The exits that the ticket shows: none where the order could have none, whatever was chosen before. */
export function exitsOf(draft: TicketDraft): ExitsDraft {
  const { choice } = draft.exits;
  const fits = choice === "oco" ? draft.type === "limit" : isEntryType(draft.type) && !isInDollars(draft);
  return fits ? draft.exits : NO_EXITS;
}

export const exitChoiceOf = (draft: TicketDraft): ExitChoice => exitsOf(draft).choice;

const FIELDS = [
  "quantity",
  "notional",
  "price",
  "stopPrice",
  "trail",
  "expiresAt",
  "takeProfit",
  "stopLoss",
  "stopLimit",
] as const;
export type DraftField = (typeof FIELDS)[number];

/**
 * What keeps the draft from being an order at all, by field. Everything else is the desk's to judge. A field that the
 * ticket does not show has no problem and is not sent.
 */
export function draftProblems(draft: TicketDraft): Readonly<Record<DraftField, readonly string[]>> {
  const inDollars = isInDollars(draft);
  return {
    quantity: inDollars ? [] : numberProblems(draft.quantity, "a quantity, such as 100"),
    notional: inDollars ? numberProblems(draft.notional, "an amount of money, such as 500") : [],
    price: needsPrice(draft.type) ? numberProblems(draft.price, "a limit price, such as 187.50") : [],
    stopPrice: needsStopPrice(draft.type) ? numberProblems(draft.stopPrice, "a stop price, such as 180.00") : [],
    trail: draft.type === "trailing_stop" ? trailProblems(draft.trail) : [],
    expiresAt:
      draft.timeInForce === "gtc" && draft.expiresAt === UNREADABLE
        ? ["Give the whole date and time, or clear them."]
        : [],
    ...exitProblems(exitsOf(draft), {
      side: draft.side,
      entry: needsPrice(draft.type) ? { price: draft.price, name: "limit price" } : undefined,
    }),
  };
}

/** The order as the desk takes it, made of what the ticket shows; undefined while a number is missing or unreadable. */
export function toOrderInput(symbol: string, draft: TicketDraft): OrderInput | undefined {
  const problems = draftProblems(draft);
  if (FIELDS.some((field) => problems[field].length > 0)) return undefined;
  const { side, quantity, timeInForce, extendedHours, price, stopPrice, expiresAt } = draft;
  const base = {
    symbol,
    side,
    timeInForce,
    extendedHours,
    ...(timeInForce === "gtc" && expiresAt !== "" ? { expiresAt } : {}),
  };
  const exits = exitsInput(exitsOf(draft));
  switch (draft.type) {
    case "market":
      return isInDollars(draft)
        ? { ...base, type: "market", notional: draft.notional }
        : { ...base, ...exits, type: "market", quantity };
    case "limit":
      return { ...base, ...exits, type: "limit", quantity, price };
    case "stop":
      return { ...base, type: "stop", quantity, stopPrice };
    case "stop_limit":
      return { ...base, type: "stop_limit", quantity, price, stopPrice };
    case "trailing_stop":
      return { ...base, type: "stop", quantity, trail: draft.trail };
  }
}
