import type { Fixed } from "@trenddojo/brokers/domain";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { PlaceOrder } from "../wire/TwsRequest.ts";
import { changeOf, isSwap } from "./modification.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import type { OrderWork, OrderWorkParts } from "./OrderWork.ts";
import type { Placement } from "./Placement.ts";
import { twsRefusalOf } from "./refusals.ts";
import { isEnded, type TwsOrder } from "./TwsOrder.ts";

/** Changes orders: an id that is sent again with other terms, and what a group takes off its members. */
export class OrderChanges {
  readonly #parts: Pick<OrderWorkParts, "exchange" | "market" | "shelf">;
  readonly #work: OrderWork;
  readonly #transmit: (order: TwsOrder) => void;

  /** @param transmit sends out an order that waited for it. */
  constructor(
    parts: Pick<OrderWorkParts, "exchange" | "market" | "shelf">,
    work: OrderWork,
    transmit: (order: TwsOrder) => void,
  ) {
    this.#parts = parts;
    this.#work = work;
    this.#transmit = transmit;
  }

  /** @throws TwsRefusal */
  change(order: TwsOrder, { sent, ticket, instrument }: Placement): void {
    if (order.status === "Filled") throw new TwsRefusal(104, "Cannot modify a filled order.");
    if (isEnded(order)) throw new TwsRefusal(103, "Duplicate order id");
    if (order.status === "PendingCancel") {
      throw new TwsRefusal(2102, "Unable to modify this order as it is still being processed.");
    }
    const change = changeOf(order, ticket, instrument);
    if (!order.isTransmitted) {
      this.#work.checkTerms(order, ticket);
      order.sent = sent;
      order.ticket = ticket;
      if (ticket.transmit) this.#transmit(order);
      return;
    }
    // Told to wait, TWS waits and says nothing.
    if (!ticket.transmit) return;
    if (ticket.quantity <= order.filled) {
      throw new TwsRefusal(201, "Order rejected - reason:The quantity is filled already");
    }
    const { exchange, market } = this.#parts;
    if (order.exchangeId === null) {
      this.#work.checkTerms(order, ticket);
      this.adopt(order, sent, ticket);
    } else if (isSwap(order.ticket, ticket)) this.#swap(order, sent, ticket);
    else if (change === null) this.adopt(order, sent, ticket);
    else {
      order.pending = { sent, ticket };
      const quantity = change.quantity === undefined ? undefined : change.quantity - order.filledBefore;
      this.#work.run(exchange().replace(market.now(), order.exchangeId, { ...change, quantity }));
    }
    this.#work.settle();
  }

  /** The exchange cannot make the one order of the other: the old one goes, and comes back where the new one may not. */
  #swap(order: TwsOrder, sent: PlaceOrder, ticket: OrderTicket): void {
    const { exchange, market, shelf } = this.#parts;
    const { exchangeId } = order;
    if (exchangeId === null) return;
    shelf.unlink(order);
    this.#work.run(exchange().cancel(market.now(), exchangeId));
    const refusal = this.#work.refusalOf(order, ticket);
    if (refusal !== undefined) {
      this.#work.submit(order, order.ticket);
      this.#work.settle();
      throw twsRefusalOf(refusal);
    }
    this.adopt(order, sent, ticket);
    this.#work.submit(order, ticket);
  }

  adopt(order: TwsOrder, sent: PlaceOrder, ticket: OrderTicket): void {
    const { trailLimit } = ticket;
    if (trailLimit !== null && trailLimit.from !== order.ticket.trailLimit?.from) order.trailStop = trailLimit.from;
    order.sent = sent;
    order.ticket = ticket;
    this.#work.journal("modified", order);
    this.#work.setStatus(order, order.status, true);
  }

  reduce(order: TwsOrder, quantity: Fixed): void {
    const { exchange, market } = this.#parts;
    const ticket = { ...order.ticket, quantity };
    if (order.exchangeId === null) return this.adopt(order, order.sent, ticket);
    order.pending = { sent: order.sent, ticket };
    this.#work.run(exchange().replace(market.now(), order.exchangeId, { quantity: quantity - order.filledBefore }));
  }
}
