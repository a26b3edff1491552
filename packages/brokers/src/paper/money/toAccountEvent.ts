import type { AccountEvent } from "../../domain/AccountEvent.ts";
import { assertNever } from "../../domain/assertNever.ts";
import { abs, formatFixed, parseFixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { moneyText } from "../../domain/moneyText.ts";
import { dollars } from "../reasons.ts";
import type { MoneyEvent } from "./MoneyEvent.ts";

/**
 * What an event of the journal means to the account's owner; null where it means nothing: orders tell what became of
 * them by themselves, and an issuer's act is nothing to an account that holds none of its shares.
 */
export function toAccountEvent(event: MoneyEvent, idSuffix: string): AccountEvent | null {
  if (!isTold(event)) return null;
  const base = { id: `E${idSuffix}-${event.seq}`, at: event.at };
  const because = (rule: string, message: string, params: Readonly<Record<string, string | number>>) => ({
    message,
    why: { rule, text: message, params },
  });
  switch (event.type) {
    case "split_applied": {
      const { symbol, newShares, oldShares, quantityBefore, quantityAfter, cashInLieu } = event;
      const numbers = { newShares, oldShares, quantityBefore, quantityAfter, cashInLieu };
      const paid = isZero(cashInLieu) ? "" : ` ${sum(cashInLieu)} settled the fraction.`;
      const message = `${symbol} split ${newShares}:${oldShares}: ${shares(quantityBefore)} became ${unsigned(quantityAfter)}.${paid}`;
      return { ...base, kind: "split", symbol, ...numbers, ...because("PX231", message, numbers) };
    }
    case "dividend_accrued": {
      const { symbol, amountPerShare, quantity, amount, payAt } = event;
      const numbers = { amountPerShare, quantity, amount, payAt };
      const word = isNegative(amount) ? "owed" : "earned";
      const message = `${symbol} pays ${dollars(parseFixed(amountPerShare))} a share: ${sum(amount)} ${word} on ${shares(quantity)}.`;
      return { ...base, kind: "dividend", symbol, ...numbers, ...because("PX234", message, numbers) };
    }
    case "dividend_paid": {
      const { symbol, amount } = event;
      const message = isNegative(amount)
        ? `The dividend of ${symbol} was taken from the account: ${sum(amount)}.`
        : `${symbol} paid its dividend: ${sum(amount)}.`;
      return { ...base, kind: "dividend_paid", symbol, amount, ...because("PX236", message, { amount }) };
    }
    case "symbol_changed": {
      const { symbol, newSymbol, quantity } = event;
      const message = `${symbol} is called ${newSymbol} now: ${shares(quantity)} went over.`;
      const why = because("PX237", message, { newSymbol, quantity });
      return { ...base, kind: "symbol_changed", symbol, newSymbol, quantity, ...why };
    }
    case "corporate_action_rejected": {
      const { symbol, code, reason } = event;
      const message = `What the issuer of ${symbol} did was not applied. ${reason.text}`;
      return { ...base, kind: "action_refused", symbol, code, message, why: reason };
    }
    case "borrow_fee_charged": {
      const { symbol, quantity, price, annualRate, days, amount } = event;
      const numbers = { quantity, price, annualRate, days, amount };
      const nights = days === 1 ? "one night" : `${days} nights`;
      const message = `Borrowing ${shares(quantity)} of ${symbol} for ${nights} cost ${sum(amount)}.`;
      return { ...base, kind: "borrow_fee", symbol, ...numbers, ...because("PX212", message, numbers) };
    }
    case "margin_call": {
      const { equity, maintenance, deficit, reason } = event;
      const message = `Margin call: ${sum(deficit)} short. Equity ${sum(equity)} is below the maintenance margin of ${sum(maintenance)}: pay in, or close positions.`;
      return { ...base, kind: "margin_call", symbol: null, equity, maintenance, deficit, message, why: reason };
    }
    case "margin_call_ended": {
      const { equity, maintenance } = event;
      const message = `The margin call is over: equity ${sum(equity)} covers the maintenance margin of ${sum(maintenance)}.`;
      const why = because("PX240", message, { equity, maintenance });
      return { ...base, kind: "margin_call_ended", symbol: null, equity, maintenance, ...why };
    }
    default:
      return assertNever(event);
  }
}

/** Events that an account's owner hears of. */
export type ToldMoneyEvent = Exclude<MoneyEvent, { readonly type: "order_adjusted" }>;

/** Whether it concerns the account. */
export function isTold(event: MoneyEvent): event is ToldMoneyEvent {
  switch (event.type) {
    case "order_adjusted":
      return false;
    case "split_applied":
      return !isZero(event.quantityBefore);
    case "dividend_accrued":
    case "symbol_changed":
      return !isZero(event.quantity);
    // Whoever tells one twice is the feed.
    case "corporate_action_rejected":
      return event.code !== BrokerErrorCode.DUPLICATE_ORDER;
    case "dividend_paid":
    case "borrow_fee_charged":
    case "margin_call":
    case "margin_call_ended":
      return true;
    default:
      return assertNever(event);
  }
}

const isZero = (decimal: string): boolean => parseFixed(decimal) === 0n;
const isNegative = (decimal: string): boolean => parseFixed(decimal) < 0n;
/** Its size: the words around it say which way it goes. */
const sum = (amount: string): string => moneyText(abs(parseFixed(amount)));

const unsigned = (quantity: string): string => formatFixed(abs(parseFixed(quantity)));

/** "100 shares", "1 share short" */
function shares(quantity: string): string {
  const count = unsigned(quantity);
  return `${count} ${count === "1" ? "share" : "shares"}${isNegative(quantity) ? " short" : ""}`;
}
