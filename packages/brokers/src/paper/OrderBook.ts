import type { Fixed } from "../domain/decimal.ts";
import type { OrderSide } from "../domain/order.ts";
import { Ladder, PRECEDENCE, STOP_PRECEDENCE } from "./Ladder.ts";
import type { PaperOrder } from "./PaperOrder.ts";

/** The open orders of one side of one symbol. */
export class BookSide {
  /** Market and limit orders, and stops that were triggered. */
  readonly working: Ladder;
  /** Stops that wait. */
  readonly stops: Ladder;
  /** Shares still to be filled, stops included. */
  openQuantity: Fixed = 0n;
  /** Σ remaining × reference price, in units of 1e-18: never rounded, so that it returns to exactly zero. */
  openNotional = 0n;

  constructor(side: OrderSide) {
    this.working = new Ladder(PRECEDENCE[side]);
    this.stops = new Ladder(STOP_PRECEDENCE[side]);
  }

  add(order: PaperOrder): void {
    (order.awaitsTrigger ? this.stops : this.working).add(order);
    this.count(order, order.remaining);
  }

  remove(order: PaperOrder): void {
    (order.awaitsTrigger ? this.stops : this.working).remove(order);
    this.count(order, -order.remaining);
  }

  /** Adds `quantity`, or takes it off where negative, to what is open. */
  count(order: PaperOrder, quantity: Fixed): void {
    this.openQuantity += quantity;
    this.openNotional += quantity * order.terms.referencePrice;
  }
}

/** Our own open orders in one symbol. They meet the market, never each other (PX39). */
export class OrderBook {
  readonly buy = new BookSide("buy");
  readonly sell = new BookSide("sell");

  get isEmpty(): boolean {
    return this.buy.openQuantity === 0n && this.sell.openQuantity === 0n;
  }
}
