import { formatFixed, max, multiply, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { checkTerms, isImmediate } from "./checkTerms.ts";
import { spokenDuration } from "./duration.ts";
import { additionalMargin, NOTHING_REPLACED, openingQuantity, type OpenSums, type ProspectiveOrder } from "./margin.ts";
import { referencePrice } from "./referencePrice.ts";
import { dollars } from "./reasons.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import { tradingPhase, type SessionState } from "./SessionState.ts";
import type { SymbolState } from "./SymbolState.ts";

/** An order that may go, and the price at which its margin is reckoned. */
export interface Granted {
  readonly referencePrice: Fixed;
}

/** Judges a new order at `state.now`; the first rule that speaks decides (PX10 to PX17). */
export function checkOrder(order: ParsedOrder, state: AccountState, session: SessionState): Granted | Refusal {
  const known = state.orderByClientId(order.clientOrderId);
  if (known !== undefined) return duplicate(order, known.orderId, known.status);
  const symbol = state.tradableSymbol(order.symbol);
  if (symbol === undefined) {
    return refuse(BrokerErrorCode.SYMBOL_NOT_FOUND, "PX11", `No instrument is called ${order.symbol}.`, {
      symbol: order.symbol,
    });
  }
  const unfit = checkTerms(order, symbol.rules) ?? checkSession(order, session, state.now);
  if (unfit !== undefined) return unfit;

  const reference = referencePrice(order, symbol, { now: state.now, maxQuoteAgeMs: state.terms.maxQuoteAgeMs });
  if (reference === undefined) return noMarket(symbol, state);
  const prospect = { side: order.side, quantity: order.quantity, referencePrice: reference };
  return checkShort(symbol, prospect) ?? checkFunds(state, symbol, prospect) ?? { referencePrice: reference };
}

function duplicate(order: ParsedOrder, orderId: string, status: string): Refusal {
  return refuse(
    BrokerErrorCode.DUPLICATE_ORDER,
    "PX10",
    `Client order id ${order.clientOrderId} was used before, by order ${orderId}, which is ${status}.`,
    { clientOrderId: order.clientOrderId, orderId, status },
  );
}

function checkSession(order: ParsedOrder, session: SessionState, now: number): Refusal | undefined {
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
    nextOpenAt === null ? {} : { nextOpenAt },
  );
}

function noMarket(symbol: SymbolState, state: AccountState): Refusal {
  const ageMs = symbol.market.ageAt(state.now);
  const { maxQuoteAgeMs } = state.terms;
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
