import { fixedFromTick, formatFixed } from "../domain/decimal.ts";
import type { AccountState } from "./AccountState.ts";
import { sizeLeft } from "./displayedSize.ts";
import { spokenDuration } from "./duration.ts";
import { explainWaiting, queueText, trailText } from "./explainWaiting.ts";
import { accepts, mayTrade } from "./meeting.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "../domain/Reason.ts";
import { dollars, farSideName } from "./reasons.ts";
import { tradingPhase, type SessionState } from "./SessionState.ts";

/** Why an order is where it is: what it waits for, or how it ended (PX80). */
export function explainOrder(order: PaperOrder, state: AccountState, session: SessionState): Reason {
  if (!order.isOpen) return ended(order);
  const why =
    explainWaiting(order, state, session) ??
    waitsForSession(order, state, session) ??
    waitsForTrigger(order, state) ??
    waitsForMarket(order, state);
  const { triggeredBy } = order;
  return triggeredBy === null ? why : { ...why, text: `${why.text} Triggered: ${triggeredBy.text}` };
}

function ended(order: PaperOrder): Reason {
  if (order.reason !== null) return order.reason;
  const filled = formatFixed(order.filledQuantity);
  const quantity = formatFixed(order.terms.quantity);
  return { rule: "PX80", text: `All ${quantity} were filled.`, params: { status: order.status, filled, quantity } };
}

function waitsForSession(order: PaperOrder, state: AccountState, session: SessionState): Reason | undefined {
  if (mayTrade(order, tradingPhase(session))) return undefined;
  const { nextOpenAt } = session;
  if (nextOpenAt === null) return { rule: "PX40", text: "The market is closed.", params: {} };
  const { expiresAt } = order.terms;
  if (expiresAt !== null && expiresAt <= nextOpenAt) {
    const text = `The market is closed to this order, which ends in ${spokenDuration(expiresAt - state.now)}, before it opens.`;
    return { rule: "PX40", text, params: { nextOpenAt, expiresAt } };
  }
  return {
    rule: "PX40",
    text: `The market is closed to this order; it opens in ${spokenDuration(nextOpenAt - state.now)}.`,
    params: { nextOpenAt },
  };
}

function waitsForTrigger(order: PaperOrder, state: AccountState): Reason | undefined {
  const { stopPrice } = order.terms;
  if (!order.awaitsTrigger || stopPrice === null) return undefined;
  const { market } = state.symbol(order.symbol);
  const relation = order.side === "buy" ? "below" : "above";
  const stop = formatFixed(stopPrice);
  if (market.printSeen) {
    const last = fixedFromTick(market.last);
    return {
      rule: "PX36",
      text: `The last print ${dollars(last)} is ${relation} your stop ${dollars(stopPrice)}.${trailText(order)}${farLimitText(order)}`,
      params: { last: formatFixed(last), stopPrice: stop },
    };
  }
  const far = market.last > 0 ? undefined : market.farSide(order.side, state.now, state.terms.maxQuoteAgeMs);
  if (far === undefined) {
    return {
      rule: "PX36",
      text: `No print has reached your stop ${dollars(stopPrice)} yet.${trailText(order)}`,
      params: { stopPrice: stop },
    };
  }
  const price = fixedFromTick(far.price);
  const side = farSideName(order.side);
  return {
    rule: "PX37",
    text: `The ${side} ${dollars(price)} is ${relation} your stop ${dollars(stopPrice)}.${trailText(order)}${farLimitText(order)}`,
    params: { quote: side, price: formatFixed(price), stopPrice: stop },
  };
}

/** A stop-limit whose limit lies before its stop asks for a price that is better than the one that sets it off. */
function farLimitText({ side, terms }: PaperOrder): string {
  const { price, stopPrice } = terms;
  if (price === null || stopPrice === null || (side === "buy" ? price >= stopPrice : price <= stopPrice)) return "";
  const relation = side === "buy" ? "below" : "above";
  return ` Its limit ${dollars(price)} is ${relation} its stop, so it may not fill once it is triggered.`;
}

function waitsForMarket(order: PaperOrder, state: AccountState): Reason {
  const symbol = state.symbol(order.symbol);
  const side = farSideName(order.side);
  const remaining = formatFixed(order.remaining);
  const far = symbol.market.farSide(order.side, state.now, state.terms.maxQuoteAgeMs);
  if (far === undefined) {
    return {
      rule: "PX22",
      text: `There is no fresh ${side} to trade ${remaining} against.`,
      params: { quote: side, remaining },
    };
  }
  const price = fixedFromTick(far.price);
  const limit = order.terms.price;
  if (limit !== null && !accepts(order, price)) {
    const relation = order.side === "buy" ? "above" : "below";
    return {
      rule: "PX30",
      text: `The ${side} ${dollars(price)} is ${relation} your limit ${dollars(limit)}.${queueText(order)}`,
      params: {
        quote: side,
        price: formatFixed(price),
        limit: formatFixed(limit),
        remaining,
        ...(order.ahead === null ? {} : { ahead: formatFixed(order.ahead) }),
      },
    };
  }
  const left = formatFixed(sizeLeft(far, state.terms, symbol.rules.lotSize));
  return {
    rule: "PX32",
    text: `The ${side} ${dollars(price)} has ${left} left of ${far.size ?? "no size"} shown; ${remaining} wait for the next quote.`,
    params: { quote: side, price: formatFixed(price), shown: far.size ?? "no size", left, remaining },
  };
}
