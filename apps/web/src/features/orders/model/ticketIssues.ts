import { exitsOf, isInDollars, needsPrice, needsStopPrice } from "./ticketDraft.ts";
import type { TicketDraft } from "./ticketDraft.ts";
import { stopsLoss, takesProfit } from "./exitsDraft.ts";

const FIELDS = [
  "quantity",
  "notional",
  "price",
  "stopPrice",
  "trail",
  "timeInForce",
  "expiresAt",
  "orderClass",
  "takeProfit",
  "stopLoss",
] as const;
export type IssueField = (typeof FIELDS)[number];

interface Issue {
  readonly field: string | null;
  readonly message: string;
}

/** The desk's objections by the field that they are about, each sentence once; what has no field of its own is `other`. */
export function issuesByField(
  issues: readonly Issue[],
  draft: TicketDraft,
): Readonly<Record<IssueField | "other", readonly string[]>> {
  const byField: Record<IssueField | "other", string[]> = {
    quantity: [],
    notional: [],
    price: [],
    stopPrice: [],
    trail: [],
    timeInForce: [],
    expiresAt: [],
    orderClass: [],
    takeProfit: [],
    stopLoss: [],
    other: [],
  };
  for (const { field, message } of issues) {
    const list = byField[placeOf(field, draft)];
    if (!list.includes(message)) list.push(message);
  }
  return byField;
}

/** A refusal names a field by its path ("order.quantity"). One that the ticket does not show cannot keep its objection. */
function placeOf(path: string | null, draft: TicketDraft): IssueField | "other" {
  const last = path?.split(".").at(-1);
  const exit = path?.split(".").find((name) => name === "takeProfit" || name === "stopLoss");
  const field = FIELDS.find((name) => name === (exit ?? last));
  if (field === "quantity" && isInDollars(draft)) return "notional";
  return field !== undefined && isShown(field, draft) ? field : "other";
}

function isShown(field: IssueField, draft: TicketDraft): boolean {
  const { choice } = exitsOf(draft);
  switch (field) {
    case "quantity":
      return !isInDollars(draft);
    case "notional":
      return isInDollars(draft);
    case "price":
      return needsPrice(draft.type);
    case "stopPrice":
      return needsStopPrice(draft.type);
    case "trail":
      return draft.type === "trailing_stop";
    case "expiresAt":
      return draft.timeInForce === "gtc";
    case "takeProfit":
      return takesProfit(choice);
    case "stopLoss":
      return stopsLoss(choice);
    case "timeInForce":
    case "orderClass":
      return true;
  }
}
