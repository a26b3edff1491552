import type { CorporateAction } from "../../domain/CorporateAction.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import { MIDNIGHT } from "./fixture.ts";

const DAY = 86_400_000;

/** Reads the words of an `action` line. @throws Error for one that is not of the language. */
export function readAction(words: readonly string[], at: number, defaultId: string): CorporateAction {
  const [kind, first = "", ...rest] = words;
  const actionId = words.find((word) => word.startsWith("id="))?.slice(3) ?? defaultId;
  const after = (word: string): string | null => (rest.includes(word) ? (rest[rest.indexOf(word) + 1] ?? null) : null);
  const symbol = rest.find((word) => /^[A-Z]+$/.test(word)) ?? "SPY";
  if (kind === "split") {
    const [newShares = Number.NaN, oldShares = Number.NaN] = first.split(":").map(Number);
    return { type: "split", actionId, symbol, at, newShares, oldShares, cashInLieuPrice: after("cash") };
  }
  if (kind === "dividend") {
    const today = MIDNIGHT + Math.floor((at - MIDNIGHT) / DAY) * DAY;
    const payAt = today + Number(after("pay")) * DAY;
    return { type: "cash_dividend", actionId, symbol, at, amountPerShare: first, payAt };
  }
  if (kind === "rename") return { type: "symbol_change", actionId, symbol: first, at, newSymbol: rest[0] ?? "" };
  throw new Error(`not an action: ${words.join(" ")}`);
}

/** A line for an event of money that is about no order; undefined for every other. */
export function renderMoneyEvent(event: PaperEvent): string | undefined {
  if (event.type === "split_applied") {
    const { newShares, oldShares, quantityBefore, quantityAfter, cashInLieu } = event;
    const paid = cashInLieu === "0" ? "" : ` cash ${cashInLieu}`;
    return `split ${newShares}:${oldShares} ${quantityBefore} to ${quantityAfter}${paid}`;
  }
  if (event.type === "dividend_accrued") {
    return `dividend ${event.amountPerShare} on ${event.quantity} is ${event.amount}`;
  }
  if (event.type === "dividend_paid") return `paid ${event.amount}`;
  if (event.type === "symbol_changed") return `${event.symbol} is ${event.newSymbol} ${event.quantity}`;
  if (event.type === "corporate_action_rejected") return `action rejected ${event.code} ${event.reason.rule}`;
  if (event.type === "borrow_fee_charged") {
    return `borrow ${event.symbol} ${event.quantity} @ ${event.price} for ${event.days} is ${event.amount}`;
  }
  if (event.type === "margin_call") return `margin call ${event.deficit}`;
  return event.type === "margin_call_ended" ? "margin call ended" : undefined;
}
