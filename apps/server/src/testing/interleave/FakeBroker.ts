import { BrokerError, type BrokerClient, type CallOptions, type OrderSender } from "@trenddojo/brokers";
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
  type OrderResponse,
  type OrderUpdateEvent,
  type Random,
} from "@trenddojo/brokers/domain";
import type { OrderBooks } from "../../reconciliation/ReconcileParts.ts";
import { takeIn, type Life, type Turns } from "./Turns.ts";

const NAME = "Fake";

/** What becomes of a request, and of its answer. */
const FATES = ["answered", "answered", "answered", "answer lost", "request lost", "late", "refused", "hangs"] as const;

/** Turns that a request may be under way. */
const LONGEST_DETOUR = 400;

/** A request on the wire. */
interface Write {
  readonly clientOrderId: string;
  readonly at: number;
  /** The id was written before, and nobody has asked since whether it is there. */
  readonly isBlind: boolean;
}

/** A broker that takes an order's id once, forgets nothing, and answers as chance will have it. */
export class FakeBroker {
  readonly orders = new Map<string, Order>();
  readonly fills: Fill[] = [];
  /** Every request that was written to the wire. */
  readonly writes: Write[] = [];
  /** Requests that have not arrived yet, and whose sender has heard that they are lost. */
  underWay = 0;
  /** Looked for since they were last written, and not found. */
  readonly #missed = new Set<string>();
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

  /** As one life of a desk sees it. */
  senderOf(life: Life): OrderSender {
    return { mode: "paper", placeOrder: (request, options) => this.#place(request, options, life) };
  }

  booksOf(life: Life): OrderBooks {
    const ask = <Result>(what: string, answer: () => Result): Promise<Result> =>
      takeIn(this.#turns, life, `broker: ${what}`, answer);
    const all = (): Order[] => [...this.orders.values()];
    return {
      getOpenOrders: () => ask("open orders", () => all().filter(({ status }) => status === "submitted")),
      getOrderHistory: () => ask("history", all),
      getFills: (since) => ask("fills", () => this.fills.filter(({ filledAt }) => filledAt >= since)),
      getOrderByClientOrderId: (id) => ask("look-up", () => this.#find(id)),
    };
  }

  /** As one life of a desk asks for it: what works is canceled, and what is over stays. */
  cancelOf(life: Life): Pick<BrokerClient, "cancelOrder"> {
    return {
      cancelOrder: (id) =>
        takeIn(this.#turns, life, `cancel ${id}`, () => {
          const order = [...this.orders.values()].find(({ orderId }) => orderId === id);
          if (order?.status !== "submitted") throw new BrokerError("it is over", "ORDER_CLOSED", NAME);
          this.#tell({ type: "order", order: { ...order, status: "canceled", updatedAt: this.#now() } });
          return true;
        }),
    };
  }

  async #place(request: OrderRequest, { signal }: CallOptions = {}, life: Life): Promise<OrderResponse> {
    const id = request.clientOrderId ?? "";
    const wasAskedFor = this.#missed.delete(id);
    const isFirst = !this.writes.some(({ clientOrderId }) => clientOrderId === id);
    this.writes.push({ clientOrderId: id, at: this.#now(), isBlind: !isFirst && !wasAskedFor });
    const fate = FATES[this.#random.integer(FATES.length)] ?? "answered";
    this.#turns.note(`written ${id}: ${fate}`);
    const heard = <Result>(answer: () => Result): Promise<Result> => takeIn(this.#turns, life, `answer ${id}`, answer);
    const arrive = (): Promise<Order> => this.#turns.take(`arrive ${id}`, () => this.#accept(request, id));
    const lost = (): never => {
      throw new BrokerError("the connection was reset", "API_ERROR", NAME);
    };
    switch (fate) {
      case "answered": {
        const outcome = await arrive().catch((error: unknown) => error);
        return heard(() => {
          if (outcome instanceof Error) throw outcome;
          return this.#response(request, id);
        });
      }
      case "answer lost":
        await arrive().catch(() => undefined);
        return heard(lost);
      case "request lost":
        return heard(lost);
      case "late":
        this.underWay += 1;
        // Sometimes so late that it is given up meanwhile.
        void this.#turns
          .wait(this.#random.integer(LONGEST_DETOUR), `under way ${id}`)
          .then(arrive)
          .catch(() => undefined)
          .finally(() => (this.underWay -= 1));
        return heard(lost);
      case "refused":
        return heard(() => {
          throw new BrokerError("not enough", "INSUFFICIENT_FUNDS", NAME);
        });
      case "hangs":
        void arrive().catch(() => undefined);
        return new Promise<never>((_, reject) =>
          signal?.addEventListener("abort", () => reject(new BrokerError("no answer", "TIMEOUT", NAME)), {
            once: true,
          }),
        );
    }
  }

  #find(id: string): Order | null {
    const order = this.orders.get(id) ?? null;
    if (order === null) this.#missed.add(id);
    return order;
  }

  #accept(request: OrderRequest, id: string): Order {
    if (this.orders.has(id)) throw new BrokerError("client_order_id must be unique", "DUPLICATE_ORDER", NAME);
    const order = orderOf(request, id, this.#now());
    this.#tell({ type: "order", order });
    if (this.#random.integer(2) === 0) void this.#turns.take(`fill ${id}`, () => this.#fill(order));
    return order;
  }

  #fill(before: Order): void {
    if (this.orders.get(before.clientOrderId)?.status !== "submitted") return;
    const at = this.#now();
    const order: Order = {
      ...before,
      status: "filled",
      filledQuantity: before.quantity,
      averageFillPrice: price("10"),
    };
    const fill: Fill = {
      executionId: executionId(`x-${order.clientOrderId}`),
      orderId: order.orderId,
      clientOrderId: order.clientOrderId,
      symbol: order.symbol,
      side: order.side,
      quantity: order.quantity,
      price: price("10"),
      fees: money("0"),
      filledAt: at,
      reason: null,
    };
    this.fills.push(fill);
    this.#tell({ type: "fill", order: { ...order, updatedAt: at }, fill });
  }

  #tell(event: OrderUpdateEvent): void {
    this.orders.set(event.order.clientOrderId, event.order);
    // A stream may lose what the books know.
    if (this.#random.integer(4) > 0) this.#listener?.(event);
  }

  #response(request: OrderRequest, id: string): OrderResponse {
    const order = this.orders.get(id) ?? orderOf(request, id, this.#now());
    const { orderId, clientOrderId, symbol, side, type, status, submittedAt } = order;
    return {
      orderId,
      clientOrderId,
      symbol,
      side,
      type,
      status,
      submittedAt,
      quantity: order.quantity,
      message: "",
      mode: "paper",
    };
  }
}

function orderOf(request: OrderRequest, id: string, at: number): Order {
  return {
    orderId: venueOrderId(`v-${id}`),
    clientOrderId: clientOrderId(id),
    symbol: request.symbol,
    side: request.side,
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    quantity: quantity("100"),
    filledQuantity: quantity("0"),
    averageFillPrice: null,
    price: price("10"),
    stopPrice: null,
    status: "submitted",
    reason: null,
    submittedAt: at,
    updatedAt: at,
  };
}
