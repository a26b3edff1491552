import { parseFixed, type Fixed } from "@trenddojo/brokers/domain";
import type { PaperEvent } from "@trenddojo/brokers/paper";
import type { Booking } from "./Booking.ts";

/** A booking before it has an id and a date. Rows of one act come together. */
export type BookingDraft = Omit<Booking, "id" | "createdAt" | "date" | "groupId"> & {
  /** When what it is about happens, epoch milliseconds. */
  readonly at: number;
};

type EventOf<Type extends PaperEvent["type"]> = Extract<PaperEvent, { readonly type: Type }>;

const BLANK = { subType: null, symbol: null, qty: null, perShare: null, netAmount: 0n } as const;

/**
 * What the vendor books for what the exchange did to an account. Shares that an act changes are taken out and put in
 * again, a row each: https://docs.alpaca.markets/docs/activity-sse. Money for a fraction of a share is a row of its own, as
 * with mergers there. Nothing for an act that concerns no share of the account.
 */
export function bookingsOf(event: PaperEvent): readonly BookingDraft[] {
  if (event.type === "split_applied") return ofSplit(event);
  if (event.type === "symbol_changed") return ofNewName(event);
  if (event.type === "dividend_accrued") return ofDividend(event);
  if (event.type === "borrow_fee_charged") {
    return [{ ...BLANK, at: event.at, type: "FEE", symbol: event.symbol, netAmount: -parseFixed(event.amount) }];
  }
  if (event.type !== "order_filled") return [];
  const fee = (subType: "REG" | "TAF", amount: Fixed): readonly BookingDraft[] =>
    amount === 0n ? [] : [{ ...BLANK, at: event.at, type: "FEE", subType, netAmount: -amount }];
  return [...fee("REG", parseFixed(event.fees.sec)), ...fee("TAF", parseFixed(event.fees.taf))];
}

function ofSplit(event: EventOf<"split_applied">): readonly BookingDraft[] {
  const { at, symbol, newShares, oldShares } = event;
  const cash = parseFixed(event.cashInLieu);
  const row = { ...BLANK, at, type: "SPLIT", subType: newShares > oldShares ? "FSPLIT" : "RSPLIT", symbol } as const;
  const moved = exchanged(row, parseFixed(event.quantityBefore), { ...row, qty: parseFixed(event.quantityAfter) });
  return cash === 0n ? moved : [...moved, { ...row, qty: 0n, netAmount: cash }];
}

function ofNewName({ at, symbol, newSymbol, quantity }: EventOf<"symbol_changed">): readonly BookingDraft[] {
  const qty = parseFixed(quantity);
  const row = { ...BLANK, at, type: "NC", subType: "SNC", symbol } as const;
  return exchanged(row, qty, { ...row, symbol: newSymbol, qty });
}

function ofDividend(event: EventOf<"dividend_accrued">): readonly BookingDraft[] {
  const netAmount = parseFixed(event.amount);
  const qty = parseFixed(event.quantity);
  if (netAmount === 0n) return [];
  // Who is short pays in lieu of the issuer.
  const subType = qty < 0n ? "SPD" : "CDIV";
  const perShare = parseFixed(event.amountPerShare);
  return [{ type: "DIV", subType, at: event.payAt, symbol: event.symbol, qty, perShare, netAmount }];
}

function exchanged(row: BookingDraft, before: Fixed, added: BookingDraft): readonly BookingDraft[] {
  return before === 0n ? [] : [{ ...row, qty: -before }, added];
}
