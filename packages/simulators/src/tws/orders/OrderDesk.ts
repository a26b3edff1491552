import { parseFixed, type Fixed, type MarketData } from "@trenddojo/brokers/domain";
import type { PaperEvent } from "@trenddojo/brokers/paper";
import { TwsRefusal } from "../TwsRefusal.ts";
import { couldFill } from "./couldFill.ts";
import { groupOf } from "./groupOf.ts";
import { OrderChanges } from "./OrderChanges.ts";
import { OrderWork, type OrderWorkParts } from "./OrderWork.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import type { Placement } from "./Placement.ts";
import { isHourly, twsRefusalOf } from "./refusals.ts";
import { isTouched } from "./touch.ts";
import { followTrail } from "./trailLimit.ts";
import { isEnded, remaining, type Hold, type TwsOrder } from "./TwsOrder.ts";

/** Takes orders, changes them and ends them, as TWS does, over one account of the paper exchange. */
export class OrderDesk {
  readonly #parts: OrderWorkParts;
  readonly #work: OrderWork;
  readonly #changes: OrderChanges;

  constructor(parts: OrderWorkParts) {
    this.#parts = parts;
    this.#work = new OrderWork(parts, (order, shares) => this.#filled(order, shares));
    this.#changes = new OrderChanges(parts, this.#work, (order) => this.#transmitGroup(order));
  }

  /** @throws TwsRefusal */
  place(placement: Placement): void {
    const { clientId, orderId } = placement;
    const { shelf } = this.#parts;
    const known = shelf.find(clientId, orderId);
    if (known !== undefined) return this.#changes.change(known, placement);
    if (orderId < shelf.nextId(clientId)) throw new TwsRefusal(103, "Duplicate order id");
    this.#checkParent(placement);
    const order = this.#draft(placement);
    this.#work.checkTerms(order, placement.ticket);
    shelf.use(clientId, orderId);
    shelf.add(order);
    this.#work.journal("taken", order);
    if (placement.ticket.transmit) this.#transmitGroup(order);
  }

  /** An order that has no id of any client. @throws TwsRefusal */
  placeManual(placement: Placement): void {
    const order = this.#draft(placement);
    this.#work.checkTerms(order, placement.ticket);
    this.#parts.shelf.add(order);
    this.#work.journal("taken", order);
    this.#transmitGroup(order);
  }

  /** An order as a preview tells it: it is never taken. @throws TwsRefusal for a parent that is none. */
  previewOrder(placement: Placement): TwsOrder {
    this.#checkParent(placement);
    return { ...this.#draft(placement), status: "PreSubmitted" };
  }

  /** @throws TwsRefusal where it cannot be cancelled. @param fillFirst a fill overtakes it. */
  cancel(order: TwsOrder, fillFirst = false): void {
    const { quirks, exchange, shelf, market } = this.#parts;
    if (isEnded(order)) {
      throw new TwsRefusal(
        10148,
        `OrderId ${order.orderId} that needs to be cancelled cannot be cancelled, state: ${order.status}.`,
      );
    }
    if (order.status === "PendingCancel") {
      throw new TwsRefusal(
        161,
        `Cancel attempted when order is not in a cancellable state. Order permId = ${order.permId}`,
      );
    }
    if (!order.isTransmitted) {
      this.#work.end(order, "ApiCancelled", "Cancelled by Trader");
      return this.#work.settle();
    }
    if (quirks.tellsPendingCancel || quirks.latencyMs > 0 || fillFirst) this.#work.setStatus(order, "PendingCancel");
    if (fillFirst && order.exchangeId !== null) {
      const { exchangeId } = order;
      shelf.unlink(order);
      exchange().cancel(market.now(), exchangeId);
      this.#work.submit(order, {
        ...order.ticket,
        type: "MKT",
        timeInForce: "DAY",
        limit: null,
        stop: null,
        trail: null,
      });
      this.#work.settle();
      if (isEnded(order)) return;
    }
    if (order.exchangeId === null) this.#work.end(order, "Cancelled", "Cancelled by Trader");
    else this.#work.run(exchange().cancel(market.now(), order.exchangeId));
    this.#work.settle();
    if (quirks.cancelEndsGroup && isEnded(order)) this.#cancelGroup(order);
  }

  #cancelGroup(order: TwsOrder): void {
    for (const member of groupOf(order, this.#parts.shelf)) this.#work.later(() => this.#work.cancelQuietly(member));
    this.#work.settle();
  }

  onTick(tick: MarketData): void {
    const blocked = this.#block(tick);
    this.#work.run(this.#parts.exchange().onTick(tick));
    for (const order of this.#parts.shelf.open()) {
      if (order.account !== this.#parts.account || order.instrument.symbol !== tick.symbol) continue;
      const isTrail = order.ticket.type === "TRAIL LIMIT";
      if (order.hold?.kind === "touch" && (isTrail ? followTrail(order, tick) : isTouched(order.ticket, tick))) {
        order.isTriggered = true;
        this.#work.journal("triggered", order);
        this.#work.release(order);
      } else if (order.hold?.kind === "market") this.#work.release(order);
    }
    this.#work.settle();
    for (const order of blocked) {
      if (isEnded(order) || order.exchangeId !== null) continue;
      this.#work.submit(order, order.ticket);
      this.#work.settle();
    }
  }

  /**
   * Of orders in one group no two are at the exchange where one tick could fill both: the oldest is, and the others wait
   * until it is known what it took off them. https://interactivebrokers.github.io/tws-api/oca.html ("with block")
   * @returns those that wait
   */
  #block(tick: MarketData): readonly TwsOrder[] {
    const { shelf, exchange, market, account } = this.#parts;
    const blocked = new Set<TwsOrder>();
    for (const order of shelf.open()) {
      const { exchangeId, instrument } = order;
      if (exchangeId === null || order.account !== account || instrument.symbol !== tick.symbol) continue;
      if (order.status === "PendingCancel" || !couldFill(order, tick)) continue;
      // Those before it were looked at before.
      const isBehind = groupOf(order, shelf).some(
        (other) =>
          other.permId < order.permId && other.exchangeId !== null && !blocked.has(other) && couldFill(other, tick),
      );
      if (!isBehind) continue;
      blocked.add(order);
      shelf.unlink(order);
      this.#work.run(exchange().cancel(market.now(), exchangeId));
    }
    return [...blocked];
  }

  /** Takes in what the exchange did of itself. */
  apply(events: readonly PaperEvent[]): void {
    this.#work.run(events);
    this.#work.settle();
  }

  /** Moves time on: what expires does, and what waited for its hour goes. */
  tend(): void {
    const { exchange, market, shelf, account } = this.#parts;
    this.#work.run(exchange().advanceTo(market.now()));
    for (const order of shelf.open()) {
      if (order.account !== account || !order.isTransmitted) continue;
      const { hold, ticket } = order;
      if (ticket.expiresAt !== null && hold !== null && market.now() >= ticket.expiresAt)
        this.#work.end(order, "Cancelled", "Expired");
      else if (hold?.kind === "time" && market.now() >= hold.at) {
        order.hold = ownHold(ticket, market.now());
        if (order.hold === null) this.#work.release(order);
      } else if (hold?.kind === "market") this.#work.release(order);
      else if (hold === null && order.status === "PreSubmitted") this.#work.work(order);
    }
    this.#work.settle();
  }

  #checkParent({ clientId, ticket }: Placement): void {
    if (ticket.parentId === 0) return;
    const parent = this.#parts.shelf.find(clientId, ticket.parentId);
    if (parent === undefined || (isEnded(parent) && parent.status !== "Filled")) {
      throw new TwsRefusal(135, `Can't find order with id =${ticket.parentId}`);
    }
  }

  #draft({ clientId, orderId, sent, ticket, instrument }: Placement): TwsOrder {
    return {
      account: this.#parts.account,
      clientId,
      orderId,
      permId: 0,
      instrument,
      sent,
      ticket,
      status: "PendingSubmit",
      isTransmitted: false,
      hold: null,
      exchangeId: null,
      filledBefore: 0n,
      filled: 0n,
      filledValue: 0n,
      lastFillPrice: null,
      isTriggered: false,
      trailStop: ticket.trailLimit?.from ?? null,
      pending: null,
      placedAt: this.#parts.market.now(),
      endedAt: null,
      completedStatus: "",
    };
  }

  /** The order and, with the last of a group, those that waited for it. */
  #transmitGroup(order: TwsOrder): void {
    const { shelf } = this.#parts;
    const parent = order.ticket.parentId === 0 ? undefined : shelf.find(order.clientId, order.ticket.parentId);
    const waiting =
      parent === undefined || parent.isTransmitted
        ? [order]
        : shelf
            .open()
            .filter(
              (each) =>
                !each.isTransmitted &&
                each.clientId === order.clientId &&
                (each === parent || each.ticket.parentId === parent.orderId),
            )
            .toSorted((a, b) => (a === parent ? -1 : b === parent ? 1 : a.orderId - b.orderId));
    // All are there before the first can fill.
    for (const each of waiting) {
      each.isTransmitted = true;
      each.permId = shelf.nextPermId();
      each.hold = this.#firstHold(each);
      this.#work.journal("transmitted", each);
    }
    for (const each of waiting) {
      if (isEnded(each)) continue;
      this.#accept(each);
      this.#work.settle();
    }
  }

  #firstHold({ ticket, clientId }: TwsOrder): Hold | null {
    const { shelf, market } = this.#parts;
    const parent = ticket.parentId === 0 ? undefined : shelf.find(clientId, ticket.parentId);
    if (parent !== undefined && parent.status !== "Filled") return { kind: "parent" };
    return ownHold(ticket, market.now());
  }

  /** An order that is kept back is judged for what it costs when it goes. */
  #accept(order: TwsOrder): void {
    this.#warn(order);
    if (this.#isOneTooMany(order)) return this.#work.reject(order, tooMany());
    const refusal = order.hold === null ? this.#work.refusalOf(order, order.ticket) : undefined;
    if (refusal !== undefined && !isHourly(refusal)) return this.#work.reject(order, twsRefusalOf(refusal));
    if (order.hold !== null) return this.#work.setStatus(order, "PreSubmitted", true);
    if (refusal !== undefined) return this.#work.hold(order, refusal);
    const goesStraight = order.ticket.type === "LMT" && !this.#parts.quirks.preSubmitsLimits;
    this.#work.setStatus(order, goesStraight && this.#work.mayTrade(order) ? "Submitted" : "PreSubmitted", true);
    this.#work.submit(order, order.ticket);
  }

  /** Of those that were transmitted: https://interactivebrokers.github.io/tws-api/order_limitations.html */
  #isOneTooMany({ account, instrument, ticket }: TwsOrder): boolean {
    const { shelf, quirks } = this.#parts;
    if (quirks.ordersPerSide === null) return false;
    const same = shelf
      .open()
      .filter(
        (each) =>
          each.isTransmitted &&
          each.account === account &&
          each.instrument.symbol === instrument.symbol &&
          each.ticket.side === ticket.side,
      );
    return same.length > quirks.ordersPerSide;
  }

  #warn(order: TwsOrder): void {
    if (!order.ticket.outsideRth || order.ticket.type === "LMT") return;
    this.#work.error(
      order,
      2109,
      "Order Event Warning: Attribute 'Outside Regular Trading Hours' is ignored based on the order type and destination. PlaceOrder is now being processed.",
    );
  }

  #filled(order: TwsOrder, shares: Fixed): void {
    const { shelf, account } = this.#parts;
    if (order.status === "Filled") {
      for (const child of shelf.open()) {
        const isChild = child.clientId === order.clientId && child.ticket.parentId === order.orderId;
        if (!isChild || child.account !== account || child.hold?.kind !== "parent") continue;
        child.hold = ownHold(child.ticket, this.#parts.market.now());
        if (child.hold === null) this.#work.release(child);
        else this.#work.setStatus(child, child.status, true);
      }
    }
    for (const member of groupOf(order, shelf)) {
      const left = remaining(member);
      const taken = (shares * member.ticket.quantity) / order.ticket.quantity;
      const whole = taken - (taken % parseFixed(member.instrument.lotSize));
      if (order.ticket.ocaType === "cancel" || order.status === "Filled" || whole >= left)
        this.#work.cancelQuietly(member);
      else if (whole > 0n) this.#changes.reduce(member, member.ticket.quantity - whole);
    }
  }
}

function tooMany(): TwsRefusal {
  return new TwsRefusal(
    201,
    "Order rejected - reason:The maximum number of working orders on this side of the contract is reached.",
  );
}

function ownHold({ goodAfter, type }: OrderTicket, now: number): Hold | null {
  if (goodAfter !== null && goodAfter > now) return { kind: "time", at: goodAfter };
  return type === "MIT" || type === "LIT" || type === "TRAIL LIMIT" ? { kind: "touch" } : null;
}
