import type { Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import { Ladder, type LadderRule } from "./Ladder.ts";
import type { PaperOrder } from "./PaperOrder.ts";

const byPrice = ({ terms }: PaperOrder): Fixed | null => terms.price;
const byStop = ({ terms }: PaperOrder): Fixed | null => terms.stopPrice;

/** Market orders, then the better price, then the earlier order (PX31). */
const WORKING = {
  buy: { priceOf: byPrice, serves: "higher_first" },
  sell: { priceOf: byPrice, serves: "lower_first" },
} as const satisfies Record<OrderSide, LadderRule>;

/** The stop that the market reaches first, then the earlier order (PX36). */
const STOPS = {
  buy: { priceOf: byStop, serves: "lower_first" },
  sell: { priceOf: byStop, serves: "higher_first" },
} as const satisfies Record<OrderSide, LadderRule>;

/** The open orders of one side of one symbol. */
export class BookSide {
  readonly side: OrderSide;
  /** Market and limit orders, and stops that were triggered. */
  readonly working: Ladder;
  /** Stops that wait. */
  readonly stops: Ladder;
  /** Stops that wait and whose price follows the market. */
  readonly trailing = new Set<PaperOrder>();
  /** Held exits and orders on their way: they meet no market. */
  readonly parked = new Set<PaperOrder>();
  /** Orders that wait for an opening or a closing. */
  readonly auction = new Set<PaperOrder>();
  /** Exits that close what is held, of a pair the one that counts: nearly always none. */
  readonly exits = new Set<PaperOrder>();
  /** Shares still to be filled, stops included. */
  openQuantity: Fixed = 0n;
  /** Σ remaining × reference price, in units of 1e-18: never rounded, so that it returns to exactly zero. */
  openNotional = 0n;
  /** Initial margin held back for them, as of the last change (PX71). */
  reserved: Fixed = 0n;

  constructor(side: OrderSide) {
    this.side = side;
    this.working = new Ladder(WORKING[side]);
    this.stops = new Ladder(STOPS[side]);
  }

  /** Nothing here meets a quote or a print; held exits and orders for an auction may wait. */
  get isEmpty(): boolean {
    return this.working.size === 0 && this.stops.size === 0;
  }

  add(order: PaperOrder): void {
    if (order.isParked) this.parked.add(order);
    else if (order.isForAuction) this.auction.add(order);
    else if (order.awaitsTrigger) {
      this.stops.add(order);
      if (order.trail !== null) this.trailing.add(order);
    } else this.working.add(order);
    if (order.isCountedExit) this.exits.add(order);
    this.count(order, order.remaining);
  }

  remove(order: PaperOrder): void {
    if (order.isParked) this.parked.delete(order);
    else if (order.isForAuction) this.auction.delete(order);
    else if (order.awaitsTrigger) {
      this.stops.remove(order);
      this.trailing.delete(order);
    } else this.working.remove(order);
    if (order.isCountedExit) this.exits.delete(order);
    this.count(order, -order.remaining);
  }

  /** Adds `quantity`, or takes it off where negative, to what is open. */
  count(order: PaperOrder, quantity: Fixed): void {
    if (!order.counts) return;
    this.openQuantity += quantity;
    this.openNotional += quantity * order.terms.referencePrice;
  }
}

/** Our own open orders in one symbol. They meet the market, never each other (PX39). */
export class OrderBook {
  readonly buy = new BookSide("buy");
  readonly sell = new BookSide("sell");

  get isEmpty(): boolean {
    return this.buy.isEmpty && this.sell.isEmpty;
  }
}
