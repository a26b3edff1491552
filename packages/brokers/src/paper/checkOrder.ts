import { divide, fixedFromTick, formatFixed, max, multiply, ONE, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { checkAuction } from "./auctionSchedule.ts";
import { checkClosesOnly, checkExitPrices, checkExits } from "./checkLinked.ts";
import { checkTerms, isImmediate } from "./checkTerms.ts";
import { spokenDuration } from "./duration.ts";
import { additionalMargin, NOTHING_REPLACED, openingQuantity, type OpenSums, type ProspectiveOrder } from "./margin.ts";
import { marketPrice, referencePrice, type MarketMoment } from "./referencePrice.ts";
import { trailingStopPrice } from "./trailing.ts";
import { dollars } from "./reasons.ts";
import { checkBorrow } from "./money/checkBorrow.ts";
import { settledFundsRefusal } from "./money/settledFundsRefusal.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import { tradingPhase, type SessionState } from "./SessionState.ts";
import type { SymbolState } from "./SymbolState.ts";

/** An order that may go. */
export interface Granted {
  /** The price at which its margin is reckoned. */
  readonly referencePrice: Fixed;
  /** As it was asked for, or what its amount of money makes. */
  readonly quantity: Fixed;
  /** Of a trailing stop, where it begins; null for every other order. */
  readonly trailing: { readonly watermark: Fixed; readonly stopPrice: Fixed } | null;
}

/**
 * Judges a new order at `now`, epoch milliseconds; the first rule that speaks decides (PX10 to PX17).
 * @default now the account's own
 */
export function checkOrder(
  order: ParsedOrder,
  state: AccountState,
  session: SessionState,
  now: number = state.now,
): Granted | Refusal {
  const known = state.orderByClientId(order.clientOrderId);
  if (known !== undefined) return duplicate(order, known.orderId, known.status);
  const symbol = state.tradableSymbol(order.symbol);
  if (symbol === undefined) {
    return refuse(BrokerErrorCode.SYMBOL_NOT_FOUND, "PX11", `No instrument is called ${order.symbol}.`, {
      field: "symbol",
      symbol: order.symbol,
    });
  }
  const isNotional = order.notional !== undefined;
  const unfit =
    checkTerms(order, symbol.rules) ??
    checkExits(order, state, symbol) ??
    checkExpiry(order, now) ??
    checkAuction(order, symbol.rules.exchange, session, now) ??
    checkHalt(order, symbol) ??
    checkSession(order, session, now);
  if (unfit !== undefined) return unfit;

  const moment = { now, maxQuoteAgeMs: state.terms.maxQuoteAgeMs };
  // Whoever waits for an auction or for a halt to end is reckoned at the last price known.
  const waits = order.timeInForce === "opg" || order.timeInForce === "cls" || !symbol.isTrading;
  const market = marketPrice(symbol, order.side, moment) ?? (waits ? (symbol.market.mark ?? undefined) : undefined);
  const reference = referencePrice(order, symbol, moment) ?? market;
  if (reference === undefined) return noMarket(symbol, now, state.terms.maxQuoteAgeMs);
  if (isNotional && !isFractionable(symbol)) return notFractionable(symbol, order.notional ?? 0n);
  const trailing = startTrail(order, symbol, reference, moment);
  const granted: Granted = {
    // Its margin is reckoned at its stop, or at the market where that is higher.
    referencePrice: trailing === null ? reference : max(trailing.stopPrice, reference),
    quantity: sharesOf(order, symbol, reference),
    trailing,
  };
  const misplaced = checkStart(order, symbol, granted) ?? checkExitPrices(order, market);
  if (misplaced !== undefined) return misplaced;
  const prospect = { side: order.side, quantity: granted.quantity, referencePrice: granted.referencePrice };
  return (
    checkClosesOnly(order, symbol) ??
    checkFractionalShort(symbol, prospect) ??
    checkShort(symbol, prospect) ??
    checkBorrow(state, symbol, prospect) ??
    checkFunds(state, symbol, prospect) ??
    granted
  );
}

function duplicate(order: ParsedOrder, orderId: string, status: string): Refusal {
  return refuse(
    BrokerErrorCode.DUPLICATE_ORDER,
    "PX10",
    `Client order id ${order.clientOrderId} was used before, by order ${orderId}, which is ${status}.`,
    { clientOrderId: order.clientOrderId, orderId, status },
  );
}

function checkExpiry({ expiresAt }: ParsedOrder, now: number): Refusal | undefined {
  if (expiresAt === undefined || expiresAt > now) return undefined;
  return refuse(
    BrokerErrorCode.INVALID_ORDER,
    "PX83",
    `The order would have ended ${spokenDuration(now - expiresAt)} ago.`,
    { field: "expiresAt", expiresAt, now },
  );
}

function checkHalt({ timeInForce }: ParsedOrder, { symbol, halt, isTrading }: SymbolState): Refusal | undefined {
  if (isTrading || !isImmediate(timeInForce)) return undefined;
  const status = halt?.status ?? "not reopened";
  return refuse(
    BrokerErrorCode.ORDER_REJECTED,
    "PX97",
    `Trading in ${symbol} is ${status} and an ${timeInForce} order cannot wait for it; a day order can.`,
    { field: "timeInForce", status, ...(halt === null ? {} : { since: halt.since }) },
  );
}

const isFractionable = ({ rules }: SymbolState): boolean => rules.fractionSize < rules.lotSize || rules.lotSize < ONE;

function notFractionable({ symbol }: SymbolState, notional: Fixed): Refusal {
  return refuse(
    BrokerErrorCode.INVALID_ORDER,
    "PX85",
    `${symbol} trades in whole shares, so give a quantity and not ${dollars(notional)}.`,
    { field: "notional", notional: formatFixed(notional) },
  );
}

/** The shares that an amount of money makes at the reference price, cut to what the instrument takes (PX85). */
export function sharesOf({ notional, quantity }: ParsedOrder, { rules }: SymbolState, reference: Fixed): Fixed {
  if (notional === undefined) return quantity;
  const shares = divide(notional, reference, "down");
  return shares - (shares % rules.fractionSize);
}

/**
 * A trailing stop begins at what it listens to: the last print of this session or, without one, the quote (PX81). Null for
 * every other order.
 */
function startTrail(
  { trail, side }: ParsedOrder,
  { rules, market }: SymbolState,
  reference: Fixed,
  { now, maxQuoteAgeMs }: MarketMoment,
): Granted["trailing"] {
  if (trail === undefined) return null;
  const isPrinted = market.printSeen && market.ageAt(now) <= maxQuoteAgeMs;
  const watermark = isPrinted ? fixedFromTick(market.last) : reference;
  const stopPrice = trailingStopPrice(side, trail, watermark, rules);
  return { watermark, stopPrice };
}

function checkStart(order: ParsedOrder, { symbol }: SymbolState, granted: Granted): Refusal | undefined {
  if (granted.quantity > 0n && (granted.trailing === null || granted.trailing.stopPrice > 0n)) return undefined;
  const reference = formatFixed(granted.referencePrice);
  if (granted.quantity <= 0n) {
    return refuse(
      BrokerErrorCode.INVALID_ORDER,
      "PX85",
      `${dollars(order.notional ?? 0n)} buy no part of a share of ${symbol} at ${reference}.`,
      { field: "notional", referencePrice: reference },
    );
  }
  return refuse(
    BrokerErrorCode.INVALID_ORDER,
    "PX81",
    `The trail is longer than the price of ${reference}, so there would be no stop.`,
    { field: "trail", referencePrice: reference },
  );
}

/** Parts of a share are not lent (PX84). */
function checkFractionalShort(symbol: SymbolState, { side, quantity }: ProspectiveOrder): Refusal | undefined {
  if (side === "buy" || quantity % symbol.rules.lotSize === 0n) return undefined;
  const opening = openingQuantity("sell", symbol.book.sell.openQuantity + quantity, symbol.holding.quantity);
  if (opening === 0n) return undefined;
  return refuse(
    BrokerErrorCode.ORDER_REJECTED,
    "PX84",
    `Parts of a share cannot be sold short: ${formatFixed(opening)} more than are held.`,
    { field: "quantity", quantity: formatFixed(quantity), opening: formatFixed(opening) },
  );
}

function checkSession(order: ParsedOrder, session: SessionState, now: number): Refusal | undefined {
  if (order.timeInForce === "opg" || order.timeInForce === "cls") return undefined;
  if (order.type !== "market" && !isImmediate(order.timeInForce)) return undefined;
  const phase = tradingPhase(session);
  if (phase === "open" || (phase === "extended" && order.extendedHours)) return undefined;
  const { nextOpenAt } = session;
  const kind = order.type === "market" ? "a market order" : `an ${order.timeInForce} order`;
  const opening = nextOpenAt === null ? "" : ` It opens in ${spokenDuration(nextOpenAt - now)}.`;
  return refuse(
    BrokerErrorCode.MARKET_CLOSED,
    "PX14",
    `The market is closed and ${kind} cannot wait for it; a limit order can.${opening}`,
    { field: order.type === "market" ? "type" : "timeInForce", ...(nextOpenAt === null ? {} : { nextOpenAt }) },
  );
}

function noMarket(symbol: SymbolState, now: number, maxQuoteAgeMs: number): Refusal {
  const ageMs = symbol.market.ageAt(now);
  const known = Number.isFinite(ageMs) ? `the last tick is ${spokenDuration(ageMs)} old` : "no tick was seen yet";
  return refuse(
    BrokerErrorCode.NO_MARKET_DATA,
    "PX15",
    `No fresh quote of ${symbol.symbol} to price a market order: ${known}. Try again, or give a limit.`,
    Number.isFinite(ageMs) ? { ageMs, maxQuoteAgeMs } : { maxQuoteAgeMs },
  );
}

/** Refuses a sale of more than is held, other open sales taken off, of what cannot be sold short (PX16). */
export function checkShort(
  symbol: SymbolState,
  order: ProspectiveOrder,
  replaced: OpenSums = NOTHING_REPLACED,
): Refusal | undefined {
  if (order.side === "buy" || symbol.rules.shortable) return undefined;
  const held = max(symbol.holding.quantity, 0n);
  const selling = symbol.book.sell.openQuantity - replaced.quantity;
  if (openingQuantity("sell", selling + order.quantity, symbol.holding.quantity) === 0n) return undefined;
  const free = max(held - selling, 0n);
  return refuse(
    BrokerErrorCode.ORDER_REJECTED,
    "PX16",
    `${symbol.symbol} cannot be sold short: ${formatFixed(held)} are held, ${formatFixed(selling)} are being sold, so at most ${formatFixed(free)} can be sold.`,
    {
      field: "quantity",
      held: formatFixed(held),
      selling: formatFixed(selling),
      available: formatFixed(free),
      quantity: formatFixed(order.quantity),
    },
  );
}

/** Refuses an order whose opening part needs more initial margin than is there (PX17). */
export function checkFunds(
  state: AccountState,
  symbol: SymbolState,
  order: ProspectiveOrder,
  replaced: OpenSums = NOTHING_REPLACED,
): Refusal | undefined {
  const required = additionalMargin(symbol, order, state.terms, replaced);
  if (required <= 0n) return undefined;
  const available = max(state.availableMargin(), 0n);
  if (required <= available) return undefined;
  if (state.terms.money.isCashAccount) return settledFundsRefusal(state, required, available);
  const params = {
    required: formatFixed(required),
    available: formatFixed(available),
    notional: formatFixed(multiply(order.quantity, order.referencePrice, "half_even")),
    referencePrice: formatFixed(order.referencePrice),
  };
  return refuse(
    BrokerErrorCode.INSUFFICIENT_FUNDS,
    "PX17",
    `The order needs ${dollars(required)} of initial margin at ${dollars(order.referencePrice)} a share, and ${dollars(available)} is available.`,
    params,
  );
}
