import { formatFixed } from "../domain/decimal.ts";
import type { AccountState } from "./AccountState.ts";
import { spokenDuration } from "./duration.ts";
import { OFFICIAL_CLOSE_WAIT_MS } from "./expiry.ts";
import { ROLE_NAMES } from "./groupReasons.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Reason } from "../domain/Reason.ts";
import { dollars } from "./reasons.ts";
import type { SessionState } from "./SessionState.ts";

/** What keeps an open order from the market at all, whatever is quoted; undefined where nothing does (PX80). */
export function explainWaiting(order: PaperOrder, state: AccountState, session: SessionState): Reason | undefined {
  return (
    onItsWay(order, state) ??
    waitsForEntry(order, state) ??
    waitsForAuction(order, state, session) ??
    waitsForResumption(order, state)
  );
}

function onItsWay({ arrivesAt }: PaperOrder, { now }: AccountState): Reason | undefined {
  if (arrivesAt === null) return undefined;
  const leftMs = Math.max(arrivesAt - now, 0);
  return { rule: "PX100", text: `It reaches the market in ${leftMs} ms.`, params: { arrivesAt, leftMs } };
}

function waitsForEntry({ isHeld, group }: PaperOrder, state: AccountState): Reason | undefined {
  if (!isHeld || group === null) return undefined;
  const entry = state.groupOf(group).find((member) => member.group?.role === "entry");
  if (entry === undefined) return undefined;
  const filled = formatFixed(entry.filledQuantity);
  const quantity = formatFixed(entry.terms.quantity);
  return {
    rule: "PX111",
    text: `The ${ROLE_NAMES[group.role]} waits until the entry is filled whole: ${filled} of ${quantity} are.`,
    params: { entry: entry.orderId, filled, quantity },
  };
}

function waitsForAuction(order: PaperOrder, { now, terms }: AccountState, session: SessionState): Reason | undefined {
  const { timeInForce, expiresAt } = order.terms;
  if (timeInForce !== "opg" && timeInForce !== "cls") return undefined;
  const isOpening = timeInForce === "opg";
  const name = isOpening ? "opening" : "closing";
  const auctionAt = isOpening ? session.nextOpenAt : session.nextCloseAt;
  // Until the close of its session an opening is either to come or is not told yet, and so is a closing after it.
  const isDue = isOpening
    ? session.isOpen && expiresAt === session.nextCloseAt
    : expiresAt !== null && expiresAt - now <= OFFICIAL_CLOSE_WAIT_MS && !session.isOpen;
  if (auctionAt !== null && !isDue) {
    const rule = isOpening ? "PX92" : "PX93";
    return { rule, text: `It waits for the ${name} in ${spokenDuration(auctionAt - now)}.`, params: { auctionAt } };
  }
  if (terms.matching.auctionPrices === "official") {
    return { rule: "PX95", text: `It waits for the ${name} price that the exchange names.`, params: {} };
  }
  return { rule: "PX92", text: "It waits for the first print of the session.", params: {} };
}

function waitsForResumption(order: PaperOrder, state: AccountState): Reason | undefined {
  const { halt, isTrading, market } = state.symbol(order.symbol);
  if (isTrading) return undefined;
  if (halt === null) {
    return {
      rule: "PX98",
      text: `Trading in ${order.symbol} resumed; it reopens with the first print.`,
      params: { last: market.last },
    };
  }
  const { status, since, reason } = halt;
  const why = reason === "" ? "" : `: ${reason}`;
  return {
    rule: "PX96",
    text: `Trading in ${order.symbol} has been ${status} for ${spokenDuration(state.now - since)}${why}.`,
    params: { status, since },
  };
}

/** How a trailing stop came to its price, for the end of a sentence; "" for every other order. */
export function trailText({ trail, watermark }: PaperOrder): string {
  if (trail === null || watermark === null) return "";
  const distance = trail.by === "percent" ? `${formatFixed(trail.value)} %` : dollars(trail.value);
  return ` It trails ${distance} behind ${dollars(watermark)}.`;
}

/** Where an order stands in its queue, for the end of a sentence; "" where that is not known. */
export function queueText({ ahead }: PaperOrder): string {
  if (ahead === null) return "";
  return ahead === 0n ? " Nobody is before it at its price." : ` ${formatFixed(ahead)} are before it at its price.`;
}
