import { fixedFromTick, max, min, multiply, parseFixed, type Fixed, type MarketData } from "@trenddojo/brokers/domain";
import type { OrderTicket } from "./OrderTicket.ts";
import type { TwsOrder } from "./TwsOrder.ts";

const PERCENT: Fixed = parseFixed("0.01");

/** The limit of an order whose stop is at `stop`: as far beyond it, on the side where it still trades, as was asked for. */
export function limitBeyond(side: OrderTicket["side"], stop: Fixed, offset: Fixed): Fixed {
  return side === "sell" ? stop - offset : stop + offset;
}

/**
 * TRAIL LIMIT: the stop follows the market where that helps, and the limit follows the stop.
 * @returns whether the market has come to the stop; the order then works at the limit that it has
 */
export function followTrail(order: TwsOrder, { last, bid, ask }: MarketData): boolean {
  const { side, trail, trailLimit } = order.ticket;
  const seen = last ?? (side === "sell" ? bid : ask);
  if (trail === null || trailLimit === null || seen === null) return false;
  const price = fixedFromTick(seen);
  const distance =
    trail.by === "amount" ? trail.value : multiply(multiply(price, trail.value, "half_even"), PERCENT, "half_even");
  const before = order.trailStop ?? trailLimit.from;
  const tick = parseFixed(order.instrument.tickSize);
  const stop =
    side === "sell" ? max(before, onTick(price - distance, tick)) : min(before, onTick(price + distance, tick));
  order.trailStop = stop;
  order.ticket = { ...order.ticket, limit: onTick(limitBeyond(side, stop, trailLimit.offset), tick) };
  return side === "sell" ? price <= stop : price >= stop;
}

/** The nearest multiple of the tick that is not above. */
const onTick = (price: Fixed, tick: Fixed): Fixed => price - (price % tick);
