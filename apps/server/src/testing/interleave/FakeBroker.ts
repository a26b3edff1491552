import { BrokerError, type BrokerClient, type CallOptions, type OrderSender } from "@trenddojo/brokers";
import {
  clientOrderId,
  price,
  quantity,
  venueOrderId,
  type Clock,
  type Order,
  type OrderRequest,
  type OrderResponse,
  type OrderUpdate,
  type Random,
} from "@trenddojo/brokers/domain";
import { paperCapabilities } from "@trenddojo/brokers/testing";
import type { WorkingOrderClient } from "../../connections/OrderHost.ts";
import type { OrderBooks } from "../../reconciliation/ReconcileParts.ts";
import { FakeBooks, FIRST_PRICE } from "./FakeBooks.ts";
import { fakeFacts } from "./fakeFacts.ts";
import { takeIn, type Life, type Turns } from "./Turns.ts";

const NAME = "Fake";

/** What becomes of a request, and of its answer. */
const FATES = ["answered", "answered", "answered", "answer lost", "request lost", "late", "refused", "hangs"] as const;

/** Turns that a request may be under way. */
const LONGEST_DETOUR = 400;

/** A request on the wire that makes an order or changes one. */
interface Write {
  readonly what: "order" | "replace";
  readonly clientOrderId: string;
  readonly at: number;
  /** How long the trace was. */
  readonly turn: number;
  /** The id was written before, and nobody has asked since whether it is there. */
  readonly isBlind: boolean;
}

/** A request on its way: what it does there, and what is answered. */
interface Request<Result> {
  readonly what: string;
  readonly arrive: () => void;
  readonly answer: () => Result;
  readonly refusal: BrokerError;
  readonly options: CallOptions | undefined;
}

/** All that a desk asks of its client. */
export type FakeClient = WorkingOrderClient & OrderSender & OrderBooks;

/** A broker behind a wire that loses requests and answers as chance will have it. */
export class FakeBroker {
  readonly books: FakeBooks;
  /** Every request for an order, or for other terms, that was written to the wire. */
  readonly writes: Write[] = [];
  /** Requests that have not arrived yet, and whose sender has heard that they are lost. */
  underWay = 0;
  /** Looked for since they were last written, and not found. */
  readonly #missed = new Set<string>();
  readonly #turns: Turns;
  readonly #random: Random;
  readonly #clock: Pick<Clock, "now">;

  constructor(turns: Turns, random: Random, clock: Pick<Clock, "now">) {
    this.#turns = turns;
    this.#random = random;
    this.#clock = clock;
    this.books = new FakeBooks(turns, random, () => clock.now());
  }

  /** As one life of a desk sees it. @param closesOld false: its replacements are orders beside those that they replace */
  clientOf(life: Life, closesOld = true): FakeClient {
    return {
      ...fakeFacts(this.#clock),
      ...this.#questionsOf(life),
      mode: "paper",
      capabilities: paperCapabilities({ alwaysOpen: true }),
      placeOrder: (request, options) => this.#place(life, request, options),
      cancelOrder: (id, options) => this.#cancel(life, id, options),
      cancelAllOrders: (options) => this.#cancelAll(life, options),
      modifyOrder: (id, updates, options) => this.#replace(life, { id, updates, closesOld }, options),
    };
  }

  #questionsOf(life: Life): OrderBooks {
    const ask = <Result>(what: string, answer: () => Result): Promise<Result> =>
      takeIn(this.#turns, life, `broker: ${what}`, answer);
    const { books } = this;
    return {
      getOpenOrders: () => ask("open orders", () => books.open()),
      getOrderHistory: () => ask("history", () => [...books.orders.values()]),
      getFills: (since) => ask("fills", () => books.fills.filter(({ filledAt }) => filledAt >= since)),
      getOrderByClientOrderId: (id) => ask("look-up", () => this.#find(id)),
    };
  }

  #place(life: Life, request: OrderRequest, options: CallOptions | undefined): Promise<OrderResponse> {
    const id = request.clientOrderId ?? "";
    const wasAskedFor = this.#missed.delete(id);
    const isFirst = !this.writes.some(({ what, clientOrderId }) => what === "order" && clientOrderId === id);
    this.#note("order", id, !isFirst && !wasAskedFor);
    return this.#carry(life, {
      what: id,
      arrive: () => this.books.accept(request, id),
      answer: () => this.#response(request, id),
      refusal: new BrokerError("not enough", "INSUFFICIENT_FUNDS", NAME),
      options,
    });
  }

  #cancel(life: Life, id: string, options: CallOptions | undefined): ReturnType<BrokerClient["cancelOrder"]> {
    return this.#carry(life, {
      what: `cancel ${id}`,
      arrive: () => this.books.cancel(id),
      answer: () => true,
      refusal: new BrokerError("not now", "ORDER_REJECTED", NAME),
      options,
    });
  }

  #cancelAll(life: Life, options: CallOptions | undefined): ReturnType<BrokerClient["cancelAllOrders"]> {
    let count = 0;
    return this.#carry(life, {
      what: "cancel all",
      arrive: () => {
        const open = this.books.open();
        for (const { orderId } of open) this.books.cancel(orderId);
        count = open.length;
      },
      answer: () => count,
      refusal: new BrokerError("not now", "RATE_LIMIT_EXCEEDED", NAME),
      options,
    });
  }

  #replace(
    life: Life,
    { id, updates, closesOld }: { readonly id: string; readonly updates: OrderUpdate; readonly closesOld: boolean },
    options: CallOptions | undefined,
  ): ReturnType<BrokerClient["modifyOrder"]> {
    this.#note("replace", id, false);
    return this.#carry(life, {
      what: `replace ${id}`,
      arrive: () => this.books.replace(id, price(updates.price ?? FIRST_PRICE), closesOld),
      answer: () => true,
      refusal: new BrokerError("not now", "ORDER_REJECTED", NAME),
      options,
    });
  }

  #note(what: Write["what"], clientOrderId: string, isBlind: boolean): void {
    this.writes.push({ what, clientOrderId, at: this.#clock.now(), turn: this.#turns.length, isBlind });
  }

  #carry<Result>(life: Life, { what, arrive, answer, refusal, options }: Request<Result>): Promise<Result> {
    const fate = FATES[this.#random.integer(FATES.length)] ?? "answered";
    this.#turns.note(`written ${what}: ${fate}`);
    const heard = (of: () => Result): Promise<Result> => takeIn(this.#turns, life, `answer ${what}`, of);
    const arrives = (): Promise<unknown> =>
      this.#turns.take(`arrive ${what}`, arrive).catch((error: unknown) => error ?? null);
    const lost = (): never => {
      throw new BrokerError("the connection was reset", "API_ERROR", NAME);
    };
    const refused = (): never => {
      throw refusal;
    };
    switch (fate) {
      case "answered":
        return arrives().then((outcome) =>
          heard(() => {
            if (outcome instanceof Error) throw outcome;
            return answer();
          }),
        );
      case "answer lost":
        return arrives().then(() => heard(lost));
      case "request lost":
        return heard(lost);
      case "late":
        this.underWay += 1;
        // Sometimes so late that it is given up meanwhile.
        void this.#turns
          .wait(this.#random.integer(LONGEST_DETOUR), `under way ${what}`)
          .then(arrives)
          .finally(() => (this.underWay -= 1));
        return heard(lost);
      case "refused":
        return heard(refused);
      case "hangs":
        void arrives();
        return new Promise<never>((_, reject) =>
          options?.signal?.addEventListener("abort", () => reject(new BrokerError("no answer", "TIMEOUT", NAME)), {
            once: true,
          }),
        );
    }
  }

  #find(id: string): Order | null {
    const order = this.books.orders.get(id) ?? null;
    if (order === null) this.#missed.add(id);
    return order;
  }

  #response({ symbol, side }: OrderRequest, id: string): OrderResponse {
    const order = this.books.orders.get(id);
    return {
      orderId: order?.orderId ?? venueOrderId(`v-${id}`),
      clientOrderId: clientOrderId(id),
      symbol,
      side,
      type: "limit",
      status: order?.status ?? "submitted",
      submittedAt: order?.submittedAt ?? this.#clock.now(),
      quantity: order?.quantity ?? quantity("100"),
      message: "",
      mode: "paper",
    };
  }
}
