import { BrokerError } from "@trenddojo/brokers";
import {
  clientOrderId,
  executionId,
  money,
  price,
  quantity,
  venueOrderId,
  type Fill,
  type Order,
  type OrderRequest,
  type OrderUpdateEvent,
  type Price,
  type Random,
} from "@trenddojo/brokers/domain";
import type { Turns } from "./Turns.ts";

const NAME = "Fake";

/** Of each order as it was placed, dollars. */
export const FIRST_PRICE = "10";

/** One of the orders that an order has been at the broker: a replacement is a new one, with an id of its own. */
export interface Member {
  readonly id: string;
  readonly price: Price;
  status: "submitted" | "replaced" | "filled" | "canceled";
}

/**
 * What a broker has: it takes an order's id once, forgets nothing, and does what it took a request for in a turn of its
 * own, unless the order has filled by then. Outwards an order keeps the ids of the first that it was.
 */
export class FakeBooks {
  /** By client order id, as they are told. */
  readonly orders = new Map<string, Order>();
  /** By client order id, oldest first. */
  readonly members = new Map<string, readonly Member[]>();
  readonly fills: Fill[] = [];
  /** Requests that were taken and not done yet. */
  taken = 0;
  readonly #turns: Turns;
  readonly #random: Random;
  readonly #now: () => number;
  #listener: ((event: OrderUpdateEvent) => void) | null = null;

  constructor(turns: Turns, random: Random, now: () => number) {
    this.#turns = turns;
    this.#random = random;
    this.#now = now;
  }

  /** Only the newest one hears. */
  listen(listener: ((event: OrderUpdateEvent) => void) | null): void {
    this.#listener = listener;
  }

  open(): readonly Order[] {
    return [...this.orders.values()].filter(({ status }) => status === "submitted");
  }

  /** @throws BrokerError DUPLICATE_ORDER */
  accept({ symbol, side }: OrderRequest, id: string): void {
    if (this.orders.has(id)) throw new BrokerError("client_order_id must be unique", "DUPLICATE_ORDER", NAME);
    const first: Member = { id: `v-${id}`, price: price(FIRST_PRICE), status: "submitted" };
    this.members.set(id, [first]);
    this.#tell({
      type: "order",
      order: {
        orderId: venueOrderId(first.id),
        clientOrderId: clientOrderId(id),
        symbol,
        side,
        type: "limit",
        timeInForce: "gtc",
        extendedHours: false,
        quantity: quantity("100"),
        filledQuantity: quantity("0"),
        averageFillPrice: null,
        price: first.price,
        stopPrice: null,
        status: "submitted",
        reason: null,
        submittedAt: this.#now(),
        updatedAt: this.#now(),
      },
    });
    this.#mayFill(id, first);
  }

  /** @throws BrokerError ORDER_CLOSED */
  cancel(orderId: string): void {
    const id = this.#requireOpen(orderId);
    this.#later(`canceled ${id}`, () => {
      const order = this.orders.get(id);
      if (order?.status !== "submitted") return;
      this.#end(id, "canceled");
      this.#tell({ type: "order", order: { ...order, status: "canceled", updatedAt: this.#now() } });
    });
  }

  /**
   * A new order in the place of the one that works.
   * @param closesOld false: it comes beside it, as nobody's broker should do
   * @throws BrokerError ORDER_CLOSED
   */
  replace(orderId: string, to: Price, closesOld: boolean): void {
    const id = this.#requireOpen(orderId);
    this.#later(`replaced ${id}`, () => {
      const order = this.orders.get(id);
      if (order?.status !== "submitted") return;
      if (closesOld) this.#end(id, "replaced");
      const before = this.members.get(id) ?? [];
      const next: Member = { id: `v-${id}-${before.length}`, price: to, status: "submitted" };
      this.members.set(id, [...before, next]);
      this.#tell({ type: "order", order: { ...order, price: to, updatedAt: this.#now() } });
      this.#mayFill(id, next);
    });
  }

  /** @returns the client order id */
  #requireOpen(orderId: string): string {
    const order = this.open().find((each) => each.orderId === orderId);
    if (order === undefined) throw new BrokerError("it is over", "ORDER_CLOSED", NAME);
    return order.clientOrderId;
  }

  #later(what: string, act: () => void): void {
    this.taken += 1;
    void this.#turns.take(what, act).finally(() => (this.taken -= 1));
  }

  #end(id: string, status: Member["status"]): void {
    for (const member of this.members.get(id) ?? []) if (member.status === "submitted") member.status = status;
  }

  /** Half of them fill, sooner or later. */
  #mayFill(id: string, member: Member): void {
    if (this.#random.integer(2) === 0) void this.#turns.take(`fill ${member.id}`, () => this.#fill(id, member));
  }

  #fill(id: string, member: Member): void {
    const before = this.orders.get(id);
    if (before === undefined || member.status !== "submitted") return;
    member.status = "filled";
    const at = this.#now();
    const fill: Fill = {
      executionId: executionId(`x-${member.id}`),
      orderId: before.orderId,
      clientOrderId: before.clientOrderId,
      symbol: before.symbol,
      side: before.side,
      quantity: before.quantity,
      price: member.price,
      fees: money("0"),
      filledAt: at,
      reason: null,
    };
    this.fills.push(fill);
    const filled = { status: "filled", filledQuantity: before.quantity, averageFillPrice: member.price } as const;
    this.#tell({ type: "fill", order: { ...before, ...filled, updatedAt: at }, fill });
  }

  #tell(event: OrderUpdateEvent): void {
    this.orders.set(event.order.clientOrderId, event.order);
    // A stream may lose what the books know.
    if (this.#random.integer(4) > 0) this.#listener?.(event);
  }
}
