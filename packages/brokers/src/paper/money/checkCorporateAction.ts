import { formatFixed, tryParseFixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AccountState } from "../AccountState.ts";
import { wholeLots } from "../displayedSize.ts";
import { refuse, type Refusal } from "../Refusal.ts";
import type { CashDividend, CorporateAction, Split, SymbolChange } from "../../domain/CorporateAction.ts";
import { splitQuantity } from "./splitHolding.ts";

/** The largest part of a split's ratio. */
const LARGEST_PART = 1_000_000;
const ACTION_ID = /^[\x20-\x7e]{1,128}$/;
const RULE = "PX230";

/** Why a corporate action cannot be applied; undefined where it can (PX230). */
export function checkCorporateAction(action: CorporateAction, state: AccountState): Refusal | undefined {
  const { actionId, symbol } = action;
  if (!ACTION_ID.test(actionId)) {
    return invalid("actionId", "The id of an action has 1 to 128 printable characters.");
  }
  if (state.money.actionIds.has(actionId)) {
    return refuse(BrokerErrorCode.DUPLICATE_ORDER, RULE, `Action ${actionId} was applied before.`, { actionId });
  }
  if (state.tradableSymbol(symbol) === undefined) return unknownSymbol(symbol);
  switch (action.type) {
    case "split":
      return checkSplit(action, state);
    case "cash_dividend":
      return checkDividend(action, state);
    case "symbol_change":
      return checkSymbolChange(action, state);
  }
}

function checkSplit(action: Split, state: AccountState): Refusal | undefined {
  const { newShares, oldShares, cashInLieuPrice } = action;
  const isPart = (part: number): boolean => Number.isInteger(part) && part >= 1 && part <= LARGEST_PART;
  if (!isPart(newShares) || !isPart(oldShares) || newShares === oldShares) {
    const text = `A split is a ratio of two different whole numbers from 1 to ${LARGEST_PART}, not ${newShares}:${oldShares}.`;
    return invalid("newShares", text, { newShares: String(newShares), oldShares: String(oldShares) });
  }
  const price = cashInLieuPrice === null ? undefined : tryParseFixed(cashInLieuPrice);
  if (cashInLieuPrice !== null && (price === undefined || price <= 0n)) {
    return invalid("cashInLieuPrice", "The price of fractions is a decimal above zero, or null.");
  }
  const symbol = state.symbol(action.symbol);
  const exact = splitQuantity(symbol.holding.quantity, action);
  if (price === undefined && exact !== wholeLots(exact, symbol.rules.fractionSize)) {
    return invalid(
      "cashInLieuPrice",
      "The split leaves a fraction of a lot, so it needs the price at which that is paid.",
    );
  }
  return undefined;
}

function checkDividend({ symbol, amountPerShare, at, payAt }: CashDividend, state: AccountState): Refusal | undefined {
  const amount = tryParseFixed(amountPerShare);
  if (amount === undefined || amount <= 0n) {
    return invalid("amountPerShare", "A dividend is a decimal number of dollars a share above zero.");
  }
  const { mark } = state.symbol(symbol).market;
  if (mark !== null && amount >= mark) {
    const [told, known] = [formatFixed(amount), formatFixed(mark)];
    const text = `A dividend of ${told} a share is not below the mark of ${symbol}, ${known}.`;
    return invalid("amountPerShare", text, { amountPerShare: told, mark: known });
  }
  if (!(Number.isFinite(payAt) && payAt >= at)) {
    return invalid("payAt", "A dividend is paid at a finite instant, at its ex-date or later.");
  }
  return undefined;
}

function checkSymbolChange({ symbol, newSymbol }: SymbolChange, state: AccountState): Refusal | undefined {
  if (symbol === newSymbol) return invalid("newSymbol", "The new symbol is the old one.");
  const after = state.tradableSymbol(newSymbol);
  if (after === undefined) return unknownSymbol(newSymbol);
  if (after.holding.quantity === 0n) return undefined;
  return invalid("newSymbol", `${newSymbol} is held already, so ${symbol} cannot take its name.`, { newSymbol });
}

function unknownSymbol(symbol: string): Refusal {
  return refuse(BrokerErrorCode.SYMBOL_NOT_FOUND, RULE, `No instrument is called ${symbol}.`, { symbol });
}

function invalid(field: string, text: string, params: Readonly<Record<string, string>> = {}): Refusal {
  return refuse(BrokerErrorCode.INVALID_ORDER, RULE, text, { field, ...params });
}
