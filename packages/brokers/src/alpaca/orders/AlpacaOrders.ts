import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { Fill, Order, OrderLeg, OrderResponse } from "../../domain/order.ts";
import { show } from "../../rules/orderFields.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";
import type { FillHistory } from "../account/FillHistory.ts";
import { ALPACA } from "../alpacaName.ts";
import type { TradingRest } from "../rest/TradingRest.ts";
import type { WireOrder } from "../rest/wireOrder.ts";
import { checkReplace } from "./checkReplace.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { OrderChain } from "./OrderChain.ts";
import { toOrderBody, toReplaceBody } from "./orderBody.ts";
import type { OrderSync } from "./OrderSync.ts";
import { roleOfLeg } from "./toOrder.ts";

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const DAY_MS = 86_400_000;

export interface AlpacaOrdersOptions {
  readonly rest: TradingRest;
  readonly book: OrderBook;
  readonly sync: OrderSync;
  readonly history: FillHistory;
  readonly mode: Mode;
  /** The broker's clock, epoch milliseconds. */
  readonly brokerNow: () => number;
}

/** Places, changes, cancels and finds orders; what it learns goes to the book first. */
export class AlpacaOrders {
  readonly #options: AlpacaOrdersOptions;
  /** Orders that may have been replaced: the answer was lost. */
  readonly #unsure = new WeakSet<OrderChain>();

  constructor(options: AlpacaOrdersOptions) {
    this.#options = options;
  }

  /** Sends it once. @throws BrokerError OUTCOME_UNKNOWN where it may be there; it is then looked for. */
  async place(order: ParsedOrder, urgency: "order" | "reduce", options?: CallOptions): Promise<OrderResponse> {
    const { rest, book, brokerNow } = this.#options;
    const { clientOrderId } = order;
    book.sent.expect(clientOrderId, brokerNow());
    const wire = await rest.postOrder(toOrderBody(order), urgency, options).catch((error: unknown) => {
      if (error instanceof BrokerError && error.outcome === "refused") book.sent.refused(clientOrderId);
      throw error;
    });
    try {
      return this.#taken(wire, order);
    } catch (cause) {
      const message = `${ALPACA} took the order, and what it says of it cannot be read`;
      throw new BrokerError(message, BrokerErrorCode.OUTCOME_UNKNOWN, ALPACA, { cause, details: { orderId: wire.id } });
    }
  }

  /** @returns true when Alpaca took the request. @throws BrokerError */
  async cancel(orderId: string, options?: CallOptions): Promise<true> {
    const { rest, book, sync } = this.#options;
    const id = readOrderId(orderId);
    const known = book.chain(id);
    // What is known is canceled all the same where that cannot be asked: a cancel has more budget than a question.
    if (known !== undefined && this.#unsure.has(known)) await this.#makeSure(known, options).catch(() => undefined);
    const target = known?.head.id ?? id;
    try {
      await rest.deleteOrder(target, options);
    } catch (error) {
      if (!(error instanceof BrokerError) || error.code !== BrokerErrorCode.ORDER_CLOSED) throw error;
      // It may go on as the order that replaced it.
      const { head } = await sync.read(target, options);
      if (head.id === target) throw error;
      await rest.deleteOrder(head.id, options);
    }
    return true;
  }

  /** @returns how many orders Alpaca took the request for. @throws BrokerError */
  async cancelAll(options?: CallOptions): Promise<number> {
    const answers = await this.#options.rest.deleteOrders(options);
    return answers.filter(({ status }) => status < 300).length;
  }

  /** @param judge throws for changes that a rule refuses. @returns true when Alpaca took the request. @throws BrokerError */
  async replace(
    orderId: string,
    changes: ParsedOrderUpdate,
    judge: (order: Order) => Promise<void>,
    options?: CallOptions,
  ): Promise<true> {
    const { rest, book, sync } = this.#options;
    const chain = await sync.read(book.chain(readOrderId(orderId))?.head.id ?? orderId, options);
    const order = this.#view(chain);
    checkReplace(order, changes);
    await judge(order);
    const { head } = chain;
    const body = toReplaceBody(changes, chain.filledBefore(head) - chain.carriedBy(head));
    const wire = await rest.patchOrder(head.id, body, options).catch((error: unknown) => {
      if (error instanceof BrokerError && error.outcome === "unknown") this.#unsure.add(chain);
      throw error;
    });
    book.take(wire);
    return true;
  }

  /** @throws BrokerError ORDER_NOT_FOUND */
  async byId(orderId: string, options?: CallOptions): Promise<Order> {
    const { book, sync } = this.#options;
    const id = readOrderId(orderId);
    // Of one that was replaced, the order that works now is asked for.
    return this.#view(await sync.read(book.chain(id)?.head.id ?? id, options));
  }

  /** Null where Alpaca does not know it. @throws BrokerError */
  async byClientOrderId(clientOrderId: string, options?: CallOptions): Promise<Order | null> {
    const { rest, book, sync } = this.#options;
    const wire = await rest.getOrderByClientOrderId(clientOrderId, options);
    if (wire === null) return null;
    const chain = await sync.follow(book.take(wire), true, options);
    return this.#view(chain.head.id === wire.id ? chain : await sync.read(chain.head.id, options));
  }

  /** Oldest first. @throws BrokerError */
  async open(options?: CallOptions): Promise<readonly Order[]> {
    await this.#options.sync.sweep(options);
    return this.knownOpen();
  }

  /** As far as is known, without asking. */
  knownOpen(): readonly Order[] {
    const { book } = this.#options;
    return book
      .openChains()
      .flatMap((chain) => book.view(chain) ?? [])
      .toSorted((a, b) => a.submittedAt - b.submittedAt);
  }

  /** Newest first. @throws BrokerError */
  async history(days: number, options?: CallOptions): Promise<readonly Order[]> {
    const { book, sync, brokerNow } = this.#options;
    const since = brokerNow() - days * DAY_MS;
    const found = new Set<OrderChain>();
    for await (const page of sync.pages({ status: "all", after: since }, options)) {
      for (const order of page) {
        const chain = await sync.follow(book.take(order), true, options);
        found.add(chain);
        for (const { id } of order.legs) found.add(book.chain(id) ?? chain);
      }
    }
    // Older ones of which something happened since.
    for (const chain of book.chains())
      if (chain.members.some((each) => (each.updated_at ?? 0) >= since)) found.add(chain);
    return [...found].flatMap((chain) => book.view(chain) ?? []).toSorted((a, b) => b.submittedAt - a.submittedAt);
  }

  /** Oldest first. @throws BrokerError */
  async fills(since: number, options?: CallOptions): Promise<readonly Fill[]> {
    const { book, sync, history } = this.#options;
    const fills: Fill[] = [];
    for (const activity of await history.since(since, options)) {
      if (book.chain(activity.order_id) === undefined) await sync.read(activity.order_id, options);
      const fill = book.applyActivity(activity);
      if (fill !== undefined) fills.push(fill);
    }
    return fills;
  }

  async #makeSure(chain: OrderChain, options?: CallOptions): Promise<void> {
    await this.#options.sync.read(chain.head.id, options);
    this.#unsure.delete(chain);
  }

  #taken(wire: WireOrder, { clientOrderId }: ParsedOrder): OrderResponse {
    const { book, mode } = this.#options;
    const { orderId, symbol, quantity, side, type, status, submittedAt } = this.#view(book.take(wire));
    const message = `Order taken by ${ALPACA} (${mode})`;
    const legs = wire.legs.flatMap((leg) => legOf(leg, book) ?? []);
    const taken = { orderId, clientOrderId, symbol, quantity, side, type, status, submittedAt, message, mode };
    return legs.length === 0 ? taken : { ...taken, legs };
  }

  #view(chain: OrderChain): Order {
    const order = this.#options.book.view(chain);
    if (order !== null) return order;
    const { id, type } = chain.head;
    throw new BrokerError(
      `order ${id} is of a kind that the desk has no words for (${show(type)})`,
      BrokerErrorCode.NOT_SUPPORTED,
      ALPACA,
      { details: { orderId: id }, outcome: "refused" },
    );
  }
}

/** Alpaca's ids are UUIDs; what is none is not asked for. @throws BrokerError ORDER_NOT_FOUND */
function readOrderId(value: unknown): string {
  if (typeof value === "string" && UUID.test(value)) return value.toLowerCase();
  const orderId = show(value);
  throw new BrokerError(`there is no order with the id ${orderId}`, BrokerErrorCode.ORDER_NOT_FOUND, ALPACA, {
    details: { orderId },
    outcome: "refused",
  });
}

function legOf(leg: Parameters<typeof roleOfLeg>[0], book: OrderBook): OrderLeg | undefined {
  const role = roleOfLeg(leg);
  const chain = book.chain(leg.id);
  const order = chain === undefined ? null : book.view(chain);
  return role === undefined || order === null
    ? undefined
    : { role, orderId: order.orderId, clientOrderId: order.clientOrderId };
}
