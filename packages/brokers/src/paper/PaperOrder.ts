import { divide, type Fixed, price, quantity } from "../domain/decimal.ts";
import type { ClientOrderId, VenueOrderId } from "../domain/ids.ts";
import type { Order, OrderSide, OrderStatus, OrderType, TimeInForce } from "../domain/order.ts";

/** What never changes about an order. */
export interface PaperOrderIdentity {
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly extendedHours: boolean;
}

/** What a replacement may change. */
export interface PaperOrderTerms {
  readonly timeInForce: TimeInForce;
  readonly quantity: Fixed;
  /** The limit; null in market and stop orders. */
  readonly price: Fixed | null;
  readonly stopPrice: Fixed | null;
  /** The price at which margin is held back. */
  readonly referencePrice: Fixed;
  /** When a day order expires, epoch milliseconds. */
  readonly expiresAt: number | null;
  /** The sequence number since which it queues; lower goes first. */
  readonly priority: number;
}

/** The fills of one order on one market day: one trade on a confirmation, and one charge of each fee (PX67). */
export interface DayTrade {
  /** The end of the market day, which names it. */
  readonly dayEndsAt: number;
  readonly quantity: Fixed;
  readonly notional: Fixed;
  readonly sec: Fixed;
  readonly taf: Fixed;
}

/** One order inside the engine. Only `AccountState` changes it. */
export class PaperOrder implements PaperOrderIdentity {
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly extendedHours: boolean;
  /** Market time, epoch milliseconds. */
  readonly submittedAt: number;
  updatedAt: number;
  terms: PaperOrderTerms;
  status: OrderStatus = "submitted";
  /** A stop that was reached; always false for orders without a stop. */
  isTriggered = false;
  filledQuantity: Fixed = 0n;
  filledNotional: Fixed = 0n;
  /** Charged so far for the whole order. */
  commission: Fixed = 0n;
  dayTrade: DayTrade | null = null;
  /** Why it ended; null while it works and when it is filled. */
  reason: string | null = null;

  constructor(identity: PaperOrderIdentity, terms: PaperOrderTerms, submittedAt: number) {
    this.orderId = identity.orderId;
    this.clientOrderId = identity.clientOrderId;
    this.symbol = identity.symbol;
    this.side = identity.side;
    this.orderType = identity.orderType;
    this.extendedHours = identity.extendedHours;
    this.submittedAt = submittedAt;
    this.updatedAt = submittedAt;
    this.terms = terms;
  }

  get remaining(): Fixed {
    return this.terms.quantity - this.filledQuantity;
  }

  get isOpen(): boolean {
    return this.status === "submitted" || this.status === "partially_filled";
  }

  /** A stop that still waits for its trigger. */
  get awaitsTrigger(): boolean {
    return this.terms.stopPrice !== null && !this.isTriggered;
  }

  /** As the rest of the world sees it. */
  toOrder(): Order {
    const { terms } = this;
    return {
      orderId: this.orderId,
      clientOrderId: this.clientOrderId,
      symbol: this.symbol,
      side: this.side,
      type: this.orderType,
      timeInForce: terms.timeInForce,
      extendedHours: this.extendedHours,
      quantity: quantity(terms.quantity),
      filledQuantity: quantity(this.filledQuantity),
      averageFillPrice:
        this.filledQuantity === 0n ? null : price(divide(this.filledNotional, this.filledQuantity, "half_even")),
      price: terms.price === null ? null : price(terms.price),
      stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
      status: this.status,
      reason: this.reason,
      submittedAt: this.submittedAt,
      updatedAt: this.updatedAt,
    };
  }
}
