import { multiply, parseFixed, type Fixed, type Random } from "@trenddojo/brokers/domain";
import type {
  OrderAccepted,
  OrderAdjusted,
  OrderFilled,
  OrderReplaced,
  PaperEvent,
  PaperExchange,
} from "@trenddojo/brokers/paper";
import type { Nanos } from "../wire/instant.ts";
import type { OrderLedger } from "./OrderLedger.ts";
import {
  fillActivityOf,
  tradeUpdateOf,
  type Execution,
  type FillActivity,
  type TradeUpdate,
  type TradeUpdateEvent,
} from "./TradeUpdate.ts";
import { isOpen, type VendorOrder, type VendorOrderStatus } from "./VendorOrder.ts";

export interface TranslatorParts {
  readonly ledger: OrderLedger;
  readonly exchange: () => PaperExchange;
  readonly random: Random;
  /** A moment of the account's now. */
  readonly stamp: () => Nanos;
  /** Whether an order could trade at this moment. */
  readonly isTradable: (order: VendorOrder) => boolean;
  /** Whether a replacement goes on counting what the replaced order filled. */
  readonly carriesFills: boolean;
  /** What a filled stop makes of the other exit's status. */
  readonly takeProfitAfterStop: "replaced" | "canceled";
  readonly onUpdate: (update: TradeUpdate) => void;
  /** Hears of what the vendor does not tell. */
  readonly onUntold: (update: TradeUpdate) => void;
  readonly onFill: (fill: FillActivity) => void;
}

/** Tells what the exchange did to an account as the vendor does: statuses, ids of replacements, updates, activities. */
export class EventTranslator {
  readonly #parts: TranslatorParts;
  /** Orders on their way into the exchange, by what it will call them. */
  readonly #drafts = new Map<string, VendorOrder>();
  /** What will stand for an exchange's order when its replacement is through. */
  readonly #replacements = new Map<string, VendorOrder>();
  /** Orders whose end at the exchange is none: another takes their place there. */
  readonly #moved = new Set<string>();
  #expiring: VendorOrder | undefined;

  constructor(parts: TranslatorParts) {
    this.#parts = parts;
  }

  /** While `act` runs, the exchange's new orders are these. */
  expecting<Result>(drafts: ReadonlyMap<string, VendorOrder>, act: () => Result): Result {
    for (const [key, order] of drafts) this.#drafts.set(key, order);
    try {
      return act();
    } finally {
      for (const key of drafts.keys()) this.#drafts.delete(key);
    }
  }

  expectReplacement(exchangeId: string, next: VendorOrder): void {
    this.#replacements.set(exchangeId, next);
  }

  dropReplacement(exchangeId: string): void {
    this.#replacements.delete(exchangeId);
  }

  /** The exchange's order will end there, and the vendor's goes on as `next`. */
  expectMove(exchangeId: string): void {
    this.#moved.add(exchangeId);
  }

  apply(event: PaperEvent): void {
    if (event.type === "order_accepted") return this.#accepted(event);
    if (event.type === "order_filled") return this.#filled(event);
    if (event.type === "order_replaced") return this.#replaced(event);
    if (!("orderId" in event)) return;
    const order = this.#parts.ledger.byExchangeId(event.orderId);
    if (order === undefined) return;
    switch (event.type) {
      case "order_arrived":
        return this.work(order);
      case "order_activated":
        return order.role === "stop_loss" && this.#parts.ledger.sibling(order) !== undefined
          ? undefined
          : this.work(order);
      case "order_triggered":
        order.isTriggered = true;
        if (order.status === "held") this.#set(order, "new");
        return undefined;
      case "order_trailed":
        order.highWaterMark = parseFixed(event.watermark);
        order.stopPrice = parseFixed(event.stopPrice);
        return undefined;
      case "order_canceled":
        return this.#canceled(order);
      case "order_expired":
        return this.#ended(order, order.timeInForce === "opg" || order.timeInForce === "cls" ? "canceled" : "expired");
      case "cancel_requested":
        return this.#pend(order, "pending_cancel");
      case "replace_requested":
        return this.#pend(order, "pending_replace");
      case "cancel_rejected":
        return this.#resume(order, "order_cancel_rejected");
      case "replace_rejected":
        this.#failReplacement(order);
        return this.#resume(order, "order_replace_rejected");
      case "order_adjusted":
        return this.#adjusted(order, event);
      case "order_rejected":
        return undefined;
    }
  }

  /** Says something about an order as it is now. */
  tell(order: VendorOrder, event: TradeUpdateEvent, execution: Execution | null = null): void {
    this.#parts.onUpdate(this.#updateOf(order, event, execution));
  }

  #updateOf(order: VendorOrder, event: TradeUpdateEvent, execution: Execution | null = null): TradeUpdate {
    const { ledger, random } = this.#parts;
    return tradeUpdateOf({ order, legs: ledger.legs(order), event, execution }, random);
  }

  /** Ends an order that is not, or no longer, at the exchange. */
  end(order: VendorOrder, status: "canceled" | "expired" | "rejected"): void {
    this.#ended(order, status);
  }

  /** While `act` cancels an order at the exchange, which keeps it for longer than the vendor does, it expires. */
  expire(order: VendorOrder, act: () => void): void {
    this.#expiring = order;
    act();
    this.#expiring = undefined;
  }

  #accepted(event: OrderAccepted): void {
    const { ledger, isTradable } = this.#parts;
    const order = this.#drafts.get(event.clientOrderId);
    if (order === undefined) return;
    ledger.link(order, event.orderId);
    if (order.sequence === ledger.nextSequence) ledger.add(order);
    if (order.timeInForce !== "day") order.expiresAt = event.expiresAt ?? order.expiresAt;
    order.stopPrice = event.stopPrice === null ? order.stopPrice : parseFixed(event.stopPrice);
    order.highWaterMark = event.watermark === undefined ? null : parseFixed(event.watermark);
    if (event.isHeld === true || (order.orderClass === "oco" && order.role === "stop_loss")) {
      order.status = "held";
      order.takenAs = "held";
      return;
    }
    if (!isTradable(order)) {
      order.status = "accepted";
      order.takenAs = "accepted";
      this.tell(order, "accepted");
    } else if (event.arrivesAt !== undefined) this.tell(order, "pending_new");
    else this.work(order);
  }

  /** An order is at the market, and may trade. */
  work(order: VendorOrder): void {
    this.#set(order, "new");
    this.tell(order, "new");
  }

  #filled(event: OrderFilled): void {
    const { ledger, exchange, random, onFill } = this.#parts;
    const order = ledger.byExchangeId(event.orderId);
    if (order === undefined) return;
    const qty = parseFixed(event.quantity);
    const price = parseFixed(event.price);
    order.filledQty += qty;
    order.filledValue += multiply(qty, price, "half_even");
    const isWhole = exchange().order(event.orderId)?.status === "filled";
    if (isWhole) this.#failReplacement(order);
    if (isWhole || (order.status !== "pending_cancel" && order.status !== "pending_replace")) {
      this.#set(order, isWhole ? "filled" : "partially_filled");
    } else {
      order.statusBefore = "partially_filled";
      ledger.touch(order, this.#parts.stamp());
    }
    if (isWhole) order.filledAt = order.updatedAt;
    const type = isWhole ? "fill" : "partial_fill";
    onFill(fillActivityOf(order, { type, price, qty }, random));
    this.tell(order, type, { price, qty, positionQty: this.#held(order.symbol) });
  }

  #replaced(event: OrderReplaced): void {
    const { ledger } = this.#parts;
    const order = ledger.byExchangeId(event.orderId);
    if (order === undefined) return;
    const next = this.#replacements.get(event.orderId);
    if (next === undefined || event.reason !== undefined) {
      order.qty = parseFixed(event.quantity) - order.filledBefore;
      return;
    }
    this.#replacements.delete(event.orderId);
    if (next.timeInForce !== "day") next.expiresAt = event.expiresAt ?? next.expiresAt;
    // What was filled while the replacement was on its way.
    if (this.#parts.carriesFills) {
      next.filledQty = order.filledQty;
      next.filledValue = order.filledValue;
    } else next.filledBefore = order.filledBefore + order.filledQty;
    next.qty = parseFixed(event.quantity) - next.filledBefore;
    const wasHeld = order.status === "held" || (order.status === "pending_replace" && order.statusBefore === "held");
    this.succeed(order, next);
    ledger.link(next, event.orderId);
    if (wasHeld) this.#set(next, "held");
    else this.work(next);
  }

  /** A split restates what is left of an order. */
  #adjusted(order: VendorOrder, event: OrderAdjusted): void {
    const { quantity, price, stopPrice, trail, watermark } = event;
    if (order.qty !== null) order.qty = parseFixed(quantity) - order.filledBefore;
    order.limitPrice = price === null ? null : parseFixed(price);
    order.stopPrice = stopPrice === null ? null : parseFixed(stopPrice);
    if (trail !== undefined) order.trail = { by: trail.by, value: parseFixed(trail.value) };
    if (watermark !== undefined) order.highWaterMark = parseFixed(watermark);
    this.#parts.ledger.touch(order, this.#parts.stamp());
  }

  /** One order takes another's place, in its group too; the old one is told as replaced. */
  succeed(order: VendorOrder, next: VendorOrder): void {
    const { ledger } = this.#parts;
    for (const leg of ledger.legs(order)) leg.parentId = next.id;
    next.legIds = order.legIds;
    order.legIds = [];
    const parent = order.parentId === null ? undefined : ledger.byId(order.parentId);
    if (parent !== undefined) parent.legIds = parent.legIds.map((id) => (id === order.id ? next.id : id));
    order.replacedBy = next.id;
    this.#set(order, "replaced");
    order.replacedAt = order.updatedAt;
    if (next.sequence === ledger.nextSequence) ledger.add(next);
    this.tell(order, "replaced");
  }

  #canceled(order: VendorOrder): void {
    if (order.exchangeId !== null && this.#moved.delete(order.exchangeId)) return undefined;
    this.#failReplacement(order);
    if (order === this.#expiring) return this.#ended(order, "expired");
    const sibling = this.#parts.ledger.sibling(order);
    const wasStopped = order.role === "take_profit" && sibling?.isTriggered === true;
    // The vendor says nothing of a stop that it held back: https://github.com/alpacahq/alpaca-py/issues/198
    if (order.status === "held") {
      this.#set(order, "canceled");
      order.canceledAt = order.updatedAt;
      return this.#parts.onUntold(this.#updateOf(order, "canceled"));
    }
    return this.#ended(order, wasStopped ? this.#parts.takeProfitAfterStop : "canceled");
  }

  #ended(order: VendorOrder, status: "canceled" | "expired" | "rejected" | "replaced"): void {
    if (!isOpen(order)) return;
    this.#failReplacement(order);
    this.#set(order, status);
    const at = order.updatedAt;
    if (status === "canceled") order.canceledAt = at;
    else if (status === "expired") order.expiredAt = at;
    else if (status === "rejected") order.failedAt = at;
    else order.replacedAt = at;
    this.tell(order, status);
  }

  #pend(order: VendorOrder, status: "pending_cancel" | "pending_replace"): void {
    if (order.status !== "pending_cancel" && order.status !== "pending_replace") order.statusBefore = order.status;
    this.#set(order, status);
    this.tell(order, status);
  }

  #resume(order: VendorOrder, event: "order_cancel_rejected" | "order_replace_rejected"): void {
    if (order.statusBefore === null) return;
    if (isOpen(order)) this.#set(order, order.statusBefore);
    order.statusBefore = null;
    this.tell(order, event);
  }

  /** The original came to its end first: what was to replace it is rejected. */
  #failReplacement({ exchangeId }: VendorOrder): void {
    const next = exchangeId === null ? undefined : this.#replacements.get(exchangeId);
    if (exchangeId === null || next === undefined) return;
    this.#replacements.delete(exchangeId);
    // One that was never answered for is not an order yet.
    if (this.#parts.ledger.byId(next.id) !== undefined) this.#ended(next, "rejected");
  }

  #set(order: VendorOrder, status: VendorOrderStatus): void {
    order.status = status;
    this.#parts.ledger.touch(order, this.#parts.stamp());
  }

  #held(symbol: string): Fixed {
    const position = this.#parts
      .exchange()
      .positions()
      .find((each) => each.symbol === symbol);
    return position === undefined ? 0n : parseFixed(position.quantity);
  }
}
