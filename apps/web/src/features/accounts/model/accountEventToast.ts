import type { AccountEventView } from "@trenddojo/server/wire";
import type { Toast } from "../../../lib/toasts.ts";

const TITLES = {
  split: "Split",
  dividend: "Dividend",
  dividend_paid: "Dividend paid",
  symbol_changed: "New symbol",
  action_refused: "Not applied",
  borrow_fee: "Borrow fee",
  margin_call: "Margin call",
  margin_call_ended: "Margin call over",
  cash_booked: "Cash booked",
  shares_booked: "Shares booked",
} as const satisfies Record<AccountEventView["kind"], string>;

const GRAVE: readonly AccountEventView["kind"][] = ["margin_call", "action_refused"];

/** The toast for what happened to an account without an order. What asks for an act stays until it is put away. */
export function accountEventToast({ kind, symbol, message, mode }: AccountEventView): Omit<Toast, "id"> {
  const isGrave = GRAVE.includes(kind);
  return {
    title: symbol === null ? TITLES[kind] : `${TITLES[kind]} · ${symbol}`,
    detail: message,
    tone: isGrave ? "bad" : kind === "margin_call_ended" ? "good" : "info",
    mode,
    sticky: isGrave,
  };
}
