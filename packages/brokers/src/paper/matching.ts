import { fixedFromTick, min, type Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import { sizeLeft, tradableSize } from "./displayedSize.ts";
import type { QuotedSide, TickKind } from "./MarketView.ts";
import type { PaperOrder } from "./PaperOrder.ts";
import type { Terms } from "./profile.ts";
import type { TradingPhase } from "./SessionState.ts";
import type { SymbolState } from "./SymbolState.ts";

/** What a fill was made against. */
export interface FillSource {
  readonly kind: "quote" | "print";
  /** The size that was shown or printed, shares; null where it was not told. */
  readonly shown: number | null;
  /** What our fills could still take of it before this one. */
  readonly left: Fixed;
}

/** How the matcher tells what it found. Each call has taken effect when it returns. */
export interface MatchSink {
  fill(order: PaperOrder, quantity: Fixed, price: Fixed, source: FillSource): void;
  trigger(order: PaperOrder, by: "print" | "quote", at: Fixed): void;
}

/** The instant at which orders meet the market. */
export interface MatchMoment {
  readonly now: number;
  readonly phase: TradingPhase;
  readonly terms: Terms;
}

const SIDES = ["buy", "sell"] as const;

/** Lets the open orders of a symbol meet a tick: stops first, then both sides (PX30 to PX38). */
export function matchTick(symbol: SymbolState, kind: TickKind, moment: MatchMoment, sink: MatchSink): void {
  if (kind === "none" || moment.phase === "closed" || symbol.book.isEmpty) return;
  const isPrint = kind !== "quote";
  const print = isPrint ? symbol.market.last : undefined;
  const taken = { ofPrint: 0n };
  for (const side of SIDES) {
    if (moment.phase === "open") triggerStops(symbol, side, print, moment, sink);
    const far = symbol.market.farSide(side, moment.now, moment.terms.maxQuoteAgeMs);
    if (far !== undefined) matchQuote(symbol, side, far, moment, sink);
    else if (isPrint) matchPrint(symbol, side, taken, moment, sink);
  }
}

/** Lets the orders of one side meet the quote that stands, as a new order does on arrival. */
export function matchStanding(symbol: SymbolState, side: OrderSide, moment: MatchMoment, sink: MatchSink): void {
  const far = symbol.market.farSide(side, moment.now, moment.terms.maxQuoteAgeMs);
  if (far !== undefined && moment.phase !== "closed") matchQuote(symbol, side, far, moment, sink);
}

/** True where an order's limit lets it trade at `price`. */
export function accepts(order: PaperOrder, price: Fixed): boolean {
  const limit = order.terms.price;
  return limit === null || (order.side === "buy" ? price <= limit : price >= limit);
}

/** Best order first, each as far as the displayed size goes, at the quoted price (PX30 to PX32). */
function matchQuote(symbol: SymbolState, side: OrderSide, far: QuotedSide, moment: MatchMoment, sink: MatchSink): void {
  const ladder = symbol.book[side].working;
  if (ladder.size === 0) return;
  const price = fixedFromTick(far.price);
  let rank = 0;
  for (let order = ladder.at(rank); order !== undefined && accepts(order, price); order = ladder.at(rank)) {
    if (mayTrade(order, moment.phase)) {
      const left = sizeLeft(far, moment.terms, symbol.rules.lotSize);
      if (left === 0n) return;
      const quantity = min(order.remaining, left);
      sink.fill(order, quantity, price, { kind: "quote", shown: far.size, left });
      far.taken += quantity;
    }
    if (order.isOpen) rank += 1;
  }
}

/**
 * Where a side is not quoted, a print is all that is known. It fills a limit order at its limit when it went through
 * it: a print at the limit may have been somebody ahead of us. It fills a market order at its own price (PX35).
 */
function matchPrint(
  symbol: SymbolState,
  side: OrderSide,
  taken: { ofPrint: Fixed },
  moment: MatchMoment,
  sink: MatchSink,
): void {
  const ladder = symbol.book[side].working;
  if (ladder.size === 0) return;
  const print = fixedFromTick(symbol.market.last);
  const size = tradableSize(symbol.market.lastSize, moment.terms, symbol.rules.lotSize);
  let rank = 0;
  for (let order = ladder.at(rank); order !== undefined && wentThrough(order, print); order = ladder.at(rank)) {
    if (mayTrade(order, moment.phase)) {
      const left = size - taken.ofPrint;
      if (left <= 0n) return;
      const quantity = min(order.remaining, left);
      sink.fill(order, quantity, order.terms.price ?? print, { kind: "print", shown: symbol.market.lastSize, left });
      taken.ofPrint += quantity;
    }
    if (order.isOpen) rank += 1;
  }
}

/** A print beyond the limit; every print for a market order. */
function wentThrough(order: PaperOrder, print: Fixed): boolean {
  const limit = order.terms.price;
  return limit === null || (order.side === "buy" ? print < limit : print > limit);
}

/** Outside the regular session only orders for extended hours trade (PX40). */
export function mayTrade(order: PaperOrder, phase: TradingPhase): boolean {
  return phase === "open" || (phase === "extended" && order.extendedHours);
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
  if (stops.size === 0) return;
  const reach = triggerPrice(symbol, side, print, moment);
  if (reach === undefined) return;
  for (let order = stops.at(0); order !== undefined && isReached(order, reach.price); order = stops.at(0)) {
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
  const isFresh = market.printSeen && market.ageAt(moment.now) <= moment.terms.maxQuoteAgeMs;
  if (moment.phase !== "open") return undefined;
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
  return far === undefined ? undefined : { by: "quote", price: fixedFromTick(far.price) };
}

/** A stop is reached at its price and beyond. */
function isReached(order: PaperOrder, price: Fixed): boolean {
  const stop = order.terms.stopPrice;
  return stop !== null && (order.side === "buy" ? price >= stop : price <= stop);
}

/** How much of an order that cannot wait trades now (PX33, PX34). */
export function immediateFill(symbol: SymbolState, order: PaperOrder, moment: MatchMoment): ImmediateFill {
  const far = symbol.market.farSide(order.side, moment.now, moment.terms.maxQuoteAgeMs);
  if (far === undefined) return { far, price: undefined, left: 0n };
  const price = fixedFromTick(far.price);
  return { far, price, left: accepts(order, price) ? sizeLeft(far, moment.terms, symbol.rules.lotSize) : 0n };
}

export interface ImmediateFill {
  readonly far: QuotedSide | undefined;
  readonly price: Fixed | undefined;
  /** Shares that the order could take at that price; zero where its limit forbids it. */
  readonly left: Fixed;
}
