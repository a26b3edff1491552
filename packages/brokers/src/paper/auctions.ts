import { fixedFromTick, type Fixed } from "../domain/decimal.ts";
import type { OfficialAuction } from "../domain/MarketNews.ts";
import { tradableSize, wholeLots } from "./displayedSize.ts";
import { accepts, mayTrade, type MatchMoment, type MatchSink } from "./meeting.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import { PRECEDENCE } from "./precedence.ts";
import { auctionReason } from "./reasons.ts";
import type { SymbolState } from "./SymbolState.ts";

/** One price for everybody. */
export interface Auction {
  readonly kind: "opening" | "closing" | "reopening";
  readonly price: Fixed;
  /** Shares that changed hands in it; null where that is not told. */
  readonly size: number | null;
}

const SIDES = ["buy", "sell"] as const;

/**
 * The first print of the session opens, unless the profile waits for official prices (PX92, PX95). True where orders were
 * there to trade at it, so that it serves no others.
 */
export function holdOpening(symbol: SymbolState, moment: MatchMoment, sink: MatchSink): boolean {
  symbol.market.isOpened = true;
  if (moment.terms.matching.auctionPrices === "official") return false;
  return openAt(symbol, { kind: "opening", ...lastPrint(symbol) }, moment, sink);
}

/** The exchange names the price of an opening or closing (PX95). A price that is none, or of a symbol that is halted, does nothing. */
export function holdOfficial(
  symbol: SymbolState,
  { kind, price, size }: OfficialAuction,
  moment: MatchMoment,
  sink: MatchSink,
): void {
  const isPrice = Number.isFinite(price) && price > 0 && price < 1e9 && (size === null || (size > 0 && size < 1e9));
  if (!isPrice || symbol.halt !== null) return;
  const auction = { price: fixedFromTick(price), size };
  if (kind === "close") return closeAt(symbol, { kind: "closing", ...auction }, moment, sink);
  symbol.market.isOpened = true;
  openAt(symbol, { kind: "opening", ...auction }, moment, sink);
}

/** Lets the orders for this session's opening trade, and ends what is left of them (PX92). True where there were some. */
export function openAt(symbol: SymbolState, auction: Auction, moment: MatchMoment, sink: MatchSink): boolean {
  const { closesAt } = moment;
  return endOrders(symbol, auction, moment, sink, (order) => {
    const { timeInForce, expiresAt } = order.terms;
    return timeInForce === "opg" && expiresAt !== null && closesAt !== null && expiresAt <= closesAt;
  });
}

/** Lets the orders for the closing that is due trade, and ends what is left of them (PX93). */
export function closeAt(symbol: SymbolState, auction: Auction, moment: MatchMoment, sink: MatchSink): void {
  endOrders(symbol, auction, moment, sink, (order) => isForClosing(order, moment.now));
}

/** The closing after `now` that comes first; orders for a later day's wait on. */
export function isForClosing(order: PaperOrder, now: number): boolean {
  const { timeInForce, expiresAt } = order.terms;
  return timeInForce === "cls" && expiresAt !== null && expiresAt - now <= LONGEST_SESSION_MS;
}

/** From the closing's first minute of a day to its last; the next day's is farther away. */
const LONGEST_SESSION_MS = 12 * 3_600_000;

/**
 * The first print after a halt is the price at which trading reopens: every order that may trade and accepts it does
 * (PX98). Answers false while that print is still to come.
 */
export function reopen(symbol: SymbolState, isPrint: boolean, moment: MatchMoment, sink: MatchSink): boolean {
  const { market, book } = symbol;
  if (!isPrint && market.last > 0) return false;
  market.isReopening = false;
  if (!isPrint) return true;
  const auction: Auction = { kind: "reopening", ...lastPrint(symbol) };
  for (const side of SIDES) {
    const orders = [...book[side].working].filter((order) => mayTrade(order, moment.phase));
    cross(symbol, auction, orders, moment, sink);
  }
  return true;
}

/** The newest print, as an auction's price and size. */
export function lastPrint({ market }: SymbolState): Omit<Auction, "kind"> {
  return { price: fixedFromTick(market.last), size: market.lastSize };
}

function endOrders(
  symbol: SymbolState,
  auction: Auction,
  moment: MatchMoment,
  sink: MatchSink,
  isDue: (order: PaperOrder) => boolean,
): boolean {
  let areSome = false;
  for (const side of SIDES) {
    const orders = [...symbol.book[side].auction].filter(isDue).toSorted(PRECEDENCE[side]);
    if (orders.length > 0) areSome = true;
    cross(symbol, auction, orders, moment, sink);
    for (const order of orders) if (order.isOpen) sink.close(order, "expired", auctionReason(order, auction));
  }
  return areSome;
}

/** Market orders, then the better limit, then the earlier: each at the one price, as far as the auction's size goes (PX94). */
function cross(
  symbol: SymbolState,
  { kind, price, size }: Auction,
  orders: readonly PaperOrder[],
  moment: MatchMoment,
  sink: MatchSink,
): void {
  const { lotSize } = symbol.rules;
  let left = tradableSize(size, moment.terms, lotSize);
  for (const order of orders) {
    if (!order.isOpen || !accepts(order, price)) continue;
    const quantity = left < order.remaining ? wholeLots(left, lotSize) : order.remaining;
    if (quantity === 0n) continue;
    sink.fill(order, quantity, price, { kind, shown: size, left });
    left -= quantity;
  }
}
