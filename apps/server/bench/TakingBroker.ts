import type { BrokerClient } from "@trenddojo/brokers";
import {
  clientOrderId,
  price,
  quantity,
  venueOrderId,
  type Order,
  type OrderRequest,
  type OrderResponse,
} from "@trenddojo/brokers/domain";
import type { Faults } from "../src/testing/faultyRegistry.ts";

/** A broker that takes every limit order at once, lets it rest and knows of it when it is asked, so that what is measured is the desk. */
export class TakingBroker {
  readonly #orders = new Map<BrokerClient, Order[]>();
  readonly #now: () => number;
  #taken = 0;
  /** When an order reached it, by client order id, on the clock that it was given. */
  readonly reachedAt = new Map<string, number>();

  /** @param now milliseconds on a clock that the processes of one machine share */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** In place of the clients' own. */
  readonly calls: Faults = {
    placeOrder: (client) => (request) => Promise.resolve(this.#take(client, request)),
    getOpenOrders: (client) => () => Promise.resolve(this.#ordersOf(client)),
    getOrderByClientOrderId: (client) => (id) =>
      Promise.resolve(this.#ordersOf(client).find((order) => order.clientOrderId === id) ?? null),
  };

  #take(client: BrokerClient, request: OrderRequest): OrderResponse {
    if (request.type !== "limit") throw new Error(`orders of type ${request.type} are not measured`);
    const { symbol, side, type } = request;
    const at = this.#now();
    const id = clientOrderId(request.clientOrderId ?? "");
    this.reachedAt.set(id, at);
    this.#taken += 1;
    const order: Order = {
      orderId: venueOrderId(`bench-${this.#taken}`),
      clientOrderId: id,
      symbol,
      side,
      type,
      timeInForce: "day",
      extendedHours: false,
      quantity: quantity(request.quantity),
      filledQuantity: quantity("0"),
      averageFillPrice: null,
      price: price(request.price),
      stopPrice: null,
      status: "submitted",
      reason: null,
      submittedAt: Math.floor(at),
      updatedAt: Math.floor(at),
    };
    const resting = this.#orders.get(client) ?? [];
    resting.push(order);
    this.#orders.set(client, resting);
    return { ...order, message: "taken", mode: client.mode };
  }

  #ordersOf(client: BrokerClient): readonly Order[] {
    return this.#orders.get(client) ?? [];
  }
}
