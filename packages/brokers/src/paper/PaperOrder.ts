import { divide, formatFixed, type Fixed, money, ONE, price, quantity } from "../domain/decimal.ts";
import type { ClientOrderId, VenueOrderId } from "../domain/ids.ts";
import type { Order, OrderSide, OrderStatus, OrderType, TimeInForce, Trail } from "../domain/order.ts";
import type { Reason } from "../domain/Reason.ts";
import { sharesShares, type OrderGroup } from "./orderGroup.ts";
import type { Rung } from "./Rung.ts";

/** What never changes about an order. */
export interface PaperOrderIdentity {
  readonly orderId: VenueOrderId;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly orderType: OrderType;
  readonly extendedHours: boolean;
  /** Null but for a trailing stop. */
  readonly trail: Trail<Fixed> | null;
  /** Null but for a member of a linked group. */
  readonly group: OrderGroup | null;
  /** Dollars of a market order that named no quantity; null for every other. */
  readonly notional: Fixed | null;
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
  /** When it expires, epoch milliseconds; null for one that does not. */
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
  /** A split restates one in dollars. */
  trail: Trail<Fixed> | null;
  readonly group: OrderGroup | null;
  readonly notional: Fixed | null;
  /** Market time, epoch milliseconds. */
  readonly submittedAt: number;
  updatedAt: number;
  terms: PaperOrderTerms;
  status: OrderStatus = "submitted";
  /** A stop that was reached; always false for orders without a stop. */
  isTriggered = false;
  /** What set it off; null before that, and where a snapshot did not keep it. */
  triggeredBy: Reason | null = null;
  /** An exit that waits for its entry to be filled whole (PX111). */
  isHeld = false;
  /** When it reaches the market, epoch milliseconds; null once it has (PX100). */
  arrivesAt: number | null = null;
  /** The best price that a trailing stop has seen; null for every other order (PX82). */
  watermark: Fixed | null = null;
  /** Shares at its price that go before it; null where that is not known (PX104). */
  ahead: Fixed | null = null;
  filledQuantity: Fixed = 0n;
  /** Σ quantity × price of its fills, in units of 1e-18: never rounded. */
  filledValue = 0n;
  /** Charged so far for the whole order. */
  commission: Fixed = 0n;
  dayTrade: DayTrade | null = null;
  /** Why it ended; null while it works and when it is filled. */
  reason: Reason | null = null;

  /** Where it stands on a ladder, and its neighbours there; null where it stands on none. Only `Rung` changes them. */
  rung: Rung | null = null;
  earlier: PaperOrder | null = null;
  later: PaperOrder | null = null;
  /** Its place among all orders of the account, in which they came. Only `OrderRegister` changes it. */
  position = 0;
  /** Its neighbours among the open orders, in the order of acceptance. Only `OrderRegister` changes them. */
  openBefore: PaperOrder | null = null;
  openAfter: PaperOrder | null = null;

  constructor(identity: PaperOrderIdentity, terms: PaperOrderTerms, submittedAt: number) {
    this.orderId = identity.orderId;
    this.clientOrderId = identity.clientOrderId;
    this.symbol = identity.symbol;
    this.side = identity.side;
    this.orderType = identity.orderType;
    this.extendedHours = identity.extendedHours;
    this.trail = identity.trail;
    this.group = identity.group;
    this.notional = identity.notional;
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

  /** Waits for an auction, and trades at no other time. */
  get isForAuction(): boolean {
    return this.terms.timeInForce === "opg" || this.terms.timeInForce === "cls";
  }

  /** Open, but not at the market: held or on its way. */
  get isParked(): boolean {
    return this.isHeld || this.arrivesAt !== null;
  }

  /** Whether its shares count among those that are open: not while it is held, and of a pair of exits only one's. */
  get counts(): boolean {
    return !this.isHeld && (this.group === null || !sharesShares(this.group, this.side));
  }

  /** An exit that works, and whose shares count. */
  get isCountedExit(): boolean {
    return this.group !== null && this.group.role !== "entry" && this.counts;
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
        this.filledQuantity === 0n ? null : price(divide(this.filledValue, this.filledQuantity * ONE, "half_even")),
      price: terms.price === null ? null : price(terms.price),
      stopPrice: terms.stopPrice === null ? null : price(terms.stopPrice),
      status: this.status,
      reason: this.reason?.text ?? null,
      submittedAt: this.submittedAt,
      updatedAt: this.updatedAt,
      ...(this.trail === null ? {} : { trail: { by: this.trail.by, value: formatFixed(this.trail.value) } }),
      ...(this.group === null ? {} : { group: { id: this.group.id, role: this.group.role } }),
      ...(terms.timeInForce === "gtc" && terms.expiresAt !== null ? { expiresAt: terms.expiresAt } : {}),
      ...(this.notional === null ? {} : { notional: money(this.notional) }),
      ...(this.isHeld && this.isOpen ? { isHeld: true } : {}),
      ...(this.reason === null ? {} : { why: this.reason }),
      ...(this.triggeredBy === null ? {} : { triggeredBy: this.triggeredBy }),
    };
  }
}
