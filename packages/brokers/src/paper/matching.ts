import { fixedFromTick, min, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import { holdOpening, reopen } from "./auctions.ts";
import { CHANCE } from "./chance.ts";
import { sizeLeft, wholeLots } from "./displayedSize.ts";
import type { QuotedSide, TickKind } from "./MarketView.ts";
import { accepts, mayTrade, type MatchMoment, type MatchSink } from "./meeting.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import { matchPrint } from "./printMatching.ts";
import { watchQueue } from "./queue.ts";
import type { SymbolState } from "./SymbolState.ts";
import { followMarket } from "./trailing.ts";

const SIDES = ["buy", "sell"] as const;

/**
 * Lets the open orders of a symbol meet a tick: an auction where one is due, then stops, then both sides, first against
 * the quote and then against the print (PX30 to PX38, PX92, PX98, PX104 to PX106).
 */
export function matchTick(symbol: SymbolState, kind: TickKind, moment: MatchMoment, sink: MatchSink): void {
  const { market, book } = symbol;
  if (kind === "none" || moment.phase === "closed" || symbol.halt !== null) return;
  const isPrint = kind !== "quote";
  let isServed = false;
  if (market.isReopening) {
    if (!reopen(symbol, isPrint, moment, sink)) return;
    isServed = isPrint;
  }
  if (isPrint && !market.isOpened && moment.phase === "open") isServed = holdOpening(symbol, moment, sink) || isServed;
  if (book.isEmpty) return;
  const print = isPrint ? market.last : undefined;
  const taken = { ofPrint: 0n };
  for (const side of SIDES) {
    const own = book[side];
    if (own.isEmpty) continue;
    if (moment.phase === "open" && own.stops.size > 0) {
      followMarket(symbol, side, triggerPrice(symbol, side, print, moment)?.price, sink);
      triggerStops(symbol, side, print, moment, sink);
    }
    if (own.working.size === 0) continue;
    const far = market.farSide(side, moment.now, moment.terms.maxQuoteAgeMs);
    if (far !== undefined) matchQuote(symbol, side, far, moment, sink);
    if (isPrint && !isServed) matchPrint({ symbol, side, isFarQuoted: far !== undefined, taken }, moment, sink);
    watchQueue(symbol, side, moment.terms);
  }
}

/** Lets the orders of one side meet the quote that stands, as a new order does on arrival. */
export function matchStanding(symbol: SymbolState, side: OrderSide, moment: MatchMoment, sink: MatchSink): void {
  if (moment.phase === "closed" || !symbol.isTrading) return;
  const far = symbol.market.farSide(side, moment.now, moment.terms.maxQuoteAgeMs);
  if (far !== undefined) matchQuote(symbol, side, far, moment, sink);
}

/** Best order first, each as far as the displayed size goes, at the quoted price (PX30 to PX32). */
function matchQuote(symbol: SymbolState, side: OrderSide, far: QuotedSide, moment: MatchMoment, sink: MatchSink): void {
  const ladder = symbol.book[side].working;
  if (ladder.isClearlyBeyond(far.price)) return;
  const price = far.fixedPrice;
  for (let order = ladder.first; order !== undefined && accepts(order, price); order = ladder.after(order)) {
    if (!mayTrade(order, moment.phase)) continue;
    const left = sizeLeft(far, moment.terms, symbol.rules.lotSize);
    if (left === 0n) return;
    const quantity = quotedPart(order, left, symbol, moment);
    if (quantity === 0n) continue;
    far.taken += quantity;
    sink.fill(order, quantity, price, { kind: "quote", shown: far.size, left });
  }
}

/** How much of an order a quote fills of which `left` is left: by profile, one in some is cut to a random part (PX103). */
function quotedPart(order: PaperOrder, left: Fixed, { rules }: SymbolState, moment: MatchMoment): Fixed {
  const { remaining } = order;
  if (left < remaining) return wholeLots(left, rules.lotSize);
  const { partialFillPercent } = moment.terms.matching;
  const lots = remaining / rules.lotSize;
  if (partialFillPercent === 0 || lots < 2n) return remaining;
  if (moment.draw(CHANCE.isPartial) % 100 >= partialFillPercent) return remaining;
  return (1n + (BigInt(moment.draw(CHANCE.partialSize)) % (lots - 1n))) * rules.lotSize;
}

/** Sets off the stops that the market reached, the nearest first. */
function triggerStops(
  symbol: SymbolState,
  side: OrderSide,
  print: number | undefined,
  moment: MatchMoment,
  sink: MatchSink,
): void {
  const { stops } = symbol.book[side];
  const reach = triggerPrice(symbol, side, print, moment);
  if (reach === undefined) return;
  for (let order = stops.first; order !== undefined && isReached(order, reach.price); order = stops.first) {
    sink.trigger(order, reach.by, reach.price);
  }
}

/** What a stop listens to, and what that says now. */
export interface TriggerPrice {
  readonly by: "print" | "quote";
  readonly price: Fixed;
}

/** What sets a stop off as it arrives: the last print of this session, or the quote where no print was ever seen. */
export function standingTrigger(symbol: SymbolState, order: PaperOrder, moment: MatchMoment): TriggerPrice | undefined {
  const { market } = symbol;
  if (moment.phase !== "open" || !symbol.isTrading) return undefined;
  const isFresh = market.printSeen && market.ageAt(moment.now) <= moment.terms.maxQuoteAgeMs;
  const reach = triggerPrice(symbol, order.side, isFresh ? market.last : undefined, moment);
  return reach !== undefined && isReached(order, reach.price) ? reach : undefined;
}

/** The print (PX36) or, in a symbol of which no print was ever seen, the far side of the quote (PX37). */
function triggerPrice(
  symbol: SymbolState,
  side: OrderSide,
  print: number | undefined,
  moment: MatchMoment,
): TriggerPrice | undefined {
  if (print !== undefined) return { by: "print", price: fixedFromTick(print) };
  if (symbol.market.last > 0) return undefined;
  const far = symbol.market.farSide(side, moment.now, moment.terms.maxQuoteAgeMs);
  return far === undefined ? undefined : { by: "quote", price: far.fixedPrice };
}

/** A stop is reached at its price and beyond. */
function isReached(order: PaperOrder, price: Fixed): boolean {
  const stop = order.terms.stopPrice;
  return stop !== null && (order.side === "buy" ? price >= stop : price <= stop);
}

/** How much of an order that cannot wait trades now (PX33, PX34). */
export function immediateFill(symbol: SymbolState, order: PaperOrder, moment: MatchMoment): ImmediateFill {
  const far = symbol.isTrading ? symbol.market.farSide(order.side, moment.now, moment.terms.maxQuoteAgeMs) : undefined;
  if (far === undefined || !mayTrade(order, moment.phase))
    return { far: undefined, price: undefined, left: 0n, part: 0n };
  const price = far.fixedPrice;
  const left = accepts(order, price) ? sizeLeft(far, moment.terms, symbol.rules.lotSize) : 0n;
  const isWhole = order.terms.timeInForce === "fok";
  const part = isWhole ? min(left, order.remaining) : left === 0n ? 0n : quotedPart(order, left, symbol, moment);
  return { far, price, left, part };
}

export interface ImmediateFill {
  readonly far: QuotedSide | undefined;
  readonly price: Fixed | undefined;
  /** Shares that the order could take at that price; zero where its limit forbids it. */
  readonly left: Fixed;
  /** Shares of them that it takes. */
  readonly part: Fixed;
}
