import { formatFixed, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import type { Auction } from "./auctions.ts";
import type { ImmediateFill } from "./matching.ts";
import type { MatchingTerms } from "./matchingTerms.ts";
import type { FillSource } from "./meeting.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "../domain/Reason.ts";

/** The side of the quote that an order of `side` trades against, by name. */
export const farSideName = (side: OrderSide): "ask" | "bid" => (side === "buy" ? "ask" : "bid");

/** Dollars for a sentence, with cents. */
export const dollars = (value: Fixed): string => formatFixed(value, 2);

/** Why a fill happened at this price and size. `quantity` and `at` are those of the fill. */
export function fillReason(order: PaperOrder, quantity: string, at: Fixed, source: FillSource): Reason {
  const price = dollars(at);
  const verb = order.side === "buy" ? "Bought" : "Sold";
  const shown = source.shown ?? "no size";
  const left = formatFixed(source.left);
  if (source.kind === "quote") {
    const side = farSideName(order.side);
    return {
      rule: "PX30",
      text: `${verb} ${quantity} at the ${side} ${price}: ${shown} shown, ${left} left for this order.`,
      params: { quote: side, price, shown, left, quantity },
    };
  }
  if (source.kind === "opening" || source.kind === "closing" || source.kind === "reopening") {
    return {
      rule: AUCTION_RULES[source.kind],
      text: `${verb} ${quantity} at the ${source.kind} price ${price}: ${shown} changed hands, ${left} left for this order.`,
      params: { price, shown, left, quantity },
    };
  }
  if (source.kind === "queue") {
    const ahead = formatFixed(source.ahead ?? 0n);
    return {
      rule: "PX105",
      text: `${verb} ${quantity} at the limit ${price}: a print of ${shown} there, ${ahead} of it for those ahead in the queue.`,
      params: { price, shown, ahead, left, quantity },
    };
  }
  if (source.kind === "through") {
    return {
      rule: "PX106",
      text: `${verb} ${quantity} at the limit ${price}: a print of ${shown} went through it.`,
      params: { price, shown, left, quantity },
    };
  }
  const limit = order.terms.price;
  return {
    rule: "PX35",
    text:
      limit === null
        ? `${verb} ${quantity} at the print ${price} of ${shown}; the ${farSideName(order.side)} is not quoted.`
        : `${verb} ${quantity} at the limit ${price}: a print of ${shown} went through it; the ${farSideName(order.side)} is not quoted.`,
    params: { price, shown, left, quantity },
  };
}

export function triggerReason(order: PaperOrder, by: "print" | "quote", at: Fixed): Reason {
  const stop = order.terms.stopPrice ?? 0n;
  const reach = order.side === "buy" ? "at or above" : "at or below";
  const what = by === "print" ? "print" : farSideName(order.side);
  return {
    rule: by === "print" ? "PX36" : "PX37",
    text: `The ${what} ${dollars(at)} is ${reach} the stop ${dollars(stop)}.`,
    params: { by: what, price: formatFixed(at), stopPrice: formatFixed(stop) },
  };
}

/** Why what is left of an order that cannot wait is canceled. */
export function immediateReason(order: PaperOrder, found: ImmediateFill): Reason {
  const rule = order.terms.timeInForce === "fok" ? "PX34" : "PX33";
  const side = farSideName(order.side);
  const remaining = formatFixed(order.remaining);
  if (found.price === undefined) {
    return { rule, text: `There is no ${side} to trade ${remaining} against.`, params: { remaining } };
  }
  const price = formatFixed(found.price);
  const limit = order.terms.price;
  if (limit !== null && (order.side === "buy" ? found.price > limit : found.price < limit)) {
    const relation = order.side === "buy" ? "above" : "below";
    return {
      rule,
      text: `The ${side} ${dollars(found.price)} is ${relation} your limit ${dollars(limit)}; ${remaining} canceled.`,
      params: { quote: side, price, limit: formatFixed(limit), remaining },
    };
  }
  const left = formatFixed(found.left);
  const text =
    rule === "PX34"
      ? `Only ${left} of ${remaining} could be filled at the ${side} ${dollars(found.price)}, so none was.`
      : `Only ${left} could be filled at the ${side} ${dollars(found.price)}; ${remaining} canceled.`;
  return { rule, text, params: { quote: side, price, left, remaining } };
}

export const AUCTION_RULES = { opening: "PX92", closing: "PX93", reopening: "PX98" } as const;

/** Why what is left of an order for an auction ends with it. */
export function auctionReason(order: PaperOrder, { kind, price, size }: Auction): Reason {
  const remaining = formatFixed(order.remaining);
  const limit = order.terms.price;
  const params = { price: formatFixed(price), shown: size ?? "no size", remaining };
  const rule = AUCTION_RULES[kind];
  if (limit !== null && (order.side === "buy" ? price > limit : price < limit)) {
    const relation = order.side === "buy" ? "above" : "below";
    const text = `The ${kind} price ${dollars(price)} is ${relation} your limit ${dollars(limit)}; ${remaining} not filled.`;
    return { rule, text, params: { ...params, limit: formatFixed(limit) } };
  }
  const text = `The ${kind} at ${dollars(price)} had no more than ${params.shown} shares; ${remaining} not filled.`;
  return { rule, text, params };
}

/** Why an order ends at its time. An auction is the one that `auctionPrices` waits for. */
export function expiryReason(order: PaperOrder, auctionPrices: MatchingTerms["auctionPrices"]): Reason {
  const remaining = formatFixed(order.remaining);
  const { timeInForce } = order.terms;
  const ending = (rule: string, text: string): Reason => ({
    rule,
    text: `${text}; ${remaining} not filled.`,
    params: { remaining },
  });
  if (timeInForce === "opg" || timeInForce === "cls") {
    const name = timeInForce === "opg" ? "opening" : "closing";
    if (auctionPrices === "official") {
      const wait = timeInForce === "opg" ? "in this session" : "within ten minutes of the close";
      return ending("PX95", `The exchange named no ${name} price ${wait}`);
    }
    return timeInForce === "opg"
      ? ending("PX92", "The session had no opening")
      : ending("PX93", "The session had no closing price");
  }
  if (timeInForce === "gtc") {
    return { rule: "PX83", text: `Its time ran out with ${remaining} not filled.`, params: { remaining } };
  }
  return { rule: "PX41", text: `Its day ended with ${remaining} not filled.`, params: { remaining } };
}

export function canceledReason(order: PaperOrder): Reason {
  const remaining = formatFixed(order.remaining);
  return { rule: "PX50", text: `Canceled on request with ${remaining} not filled.`, params: { remaining } };
}
