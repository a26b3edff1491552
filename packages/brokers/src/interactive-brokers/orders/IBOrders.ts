import type { CallOptions } from "../../BrokerClient.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { Fill, Order, OrderResponse, OrderUpdateEvent } from "../../domain/order.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { ParsedOrderUpdate } from "../../rules/parseOrderUpdate.ts";
import type { OrderIdStore } from "../OrderIdStore.ts";
import { FIRST_REQUEST_ID, type Gateway } from "../session/Gateway.ts";
import type { GatewayError } from "../session/GatewayEvents.ts";
import type { IBContract } from "../session/vendorTypes.ts";
import { askWhatIf, type WhatIf } from "./askWhatIf.ts";
import { hearOrders } from "./hearOrders.ts";
import { OrderAnswers } from "./OrderAnswers.ts";
import { OrderBook } from "./OrderBook.ts";
import { aimOf, kindOf, orderRefusal, wordsOf } from "./orderErrors.ts";
import { OrderFollower } from "./OrderFollower.ts";
import { OrderIds } from "./OrderIds.ts";
import { OrderReader } from "./OrderReader.ts";
import { OrderSync } from "./OrderSync.ts";
import { Strangers } from "./Strangers.ts";
import { OrderWriter, type PreparedOrder } from "./OrderWriter.ts";

export interface IBOrdersOptions {
  readonly gateway: Gateway;
  readonly orderIds: OrderIdStore;
  readonly mode: Mode;
  readonly deps: BrokerDeps;
  /** What the gateway calls a symbol. @throws BrokerError SYMBOL_NOT_FOUND */
  readonly contractOf: (symbol: string, options?: CallOptions) => Promise<IBContract>;
  /** Each change of an order and each execution once, in the order in which they became known. */
  readonly onUpdate: (event: OrderUpdateEvent) => void;
}

/** The orders of the account, put together: what is known of them, and every way to write, change and find one. */
export class IBOrders {
  readonly book: OrderBook;
  readonly #gateway: Gateway;
  readonly #answers: OrderAnswers;
  readonly #follower: OrderFollower;
  readonly #writer: OrderWriter;
  readonly #reader: OrderReader;
  readonly #ids: OrderIds;
  readonly #contractOf: IBOrdersOptions["contractOf"];
  readonly #previews = new Set<number>();
  readonly #strangers = new Strangers();
  readonly #ends: readonly (() => void)[];

  constructor({ gateway, orderIds, mode, deps, contractOf, onUpdate }: IBOrdersOptions) {
    const brokerNow = (): number => gateway.brokerNow();
    this.#gateway = gateway;
    this.#contractOf = contractOf;
    this.#ids = new OrderIds(gateway, orderIds);
    this.book = new OrderBook({
      onUpdate,
      onStrange: () => this.#follower.wonder(),
      onCorrection: ({ execId, permId }) =>
        deps.logger.warn({ execId, permId }, "Interactive Brokers corrected an execution"),
      brokerNow,
      monotonic: () => deps.clock.monotonic(),
    });
    this.#answers = new OrderAnswers(deps.clock);
    const sync = new OrderSync(gateway, this.book);
    this.#follower = new OrderFollower({ book: this.book, sync, deps, brokerNow });
    this.#writer = new OrderWriter({
      gateway,
      book: this.book,
      answers: this.#answers,
      ids: this.#ids,
      strangers: this.#strangers,
      mode,
      contractOf,
    });
    this.#reader = new OrderReader(this.book, sync, brokerNow);
    this.#ends = [
      hearOrders(gateway, this.book, this.#previews, this.#strangers, () => this.#answers.look()),
      gateway.on("openOrder", (orderId) => this.#ids.see(orderId)),
      gateway.on("error", (error) => this.#onError(error)),
      gateway.on("unreadable", () => this.#follower.wonder()),
    ];
  }

  /** Nothing is known to have been missed: orders may be placed. */
  get isCaughtUp(): boolean {
    return this.#follower.isCaughtUp;
  }

  /** A session is there, or came back (1101, 1102): what may have been missed is read. @throws BrokerError */
  async onReady(): Promise<void> {
    this.#follower.miss();
    await this.#follower.catchUp();
  }

  /** The session is gone: what was written and not answered may have come there or not. */
  onLost(): void {
    this.#follower.miss();
    this.#previews.clear();
    this.#strangers.clear();
    this.#ids.forget();
    this.book.endSession();
    this.#answers.loseAll();
  }

  /** Called every second while there is a session. @throws BrokerError */
  async tend(): Promise<void> {
    await this.#follower.tend();
    if (this.isCaughtUp) await this.#writer.takeBackLeft();
  }

  /** Waits for what is being read. */
  async close(): Promise<void> {
    for (const end of this.#ends) end();
    this.#answers.loseAll();
    await this.#follower.settled();
  }

  /** @throws BrokerError */
  prepare(order: ParsedOrder, options?: CallOptions): Promise<PreparedOrder> {
    return this.#writer.prepare(order, options);
  }

  /** Written in this tick or in its turn, once. @throws BrokerError */
  place(prepared: PreparedOrder, urgency: "order" | "reduce", options?: CallOptions): Promise<OrderResponse> {
    return this.#writer.place(prepared, urgency, options);
  }

  /** What it would do to the account; null where Interactive Brokers does not say. @throws BrokerError */
  async whatIf(order: ParsedOrder, options?: CallOptions): Promise<WhatIf | null> {
    const contract = await this.#contractOf(order.symbol, options);
    await this.#ids.keep(1);
    const nextOrderId = (): number => {
      const orderId = this.#ids.next();
      this.#previews.add(orderId);
      return orderId;
    };
    const question = { nextOrderId, contract, terms: order };
    return askWhatIf(this.#gateway, options === undefined ? question : { ...question, options });
  }

  /** @throws BrokerError */
  async cancel(orderId: string, options?: CallOptions): Promise<true> {
    return this.#writer.cancel(await this.#reader.record(orderId, options), options);
  }

  /** @throws BrokerError */
  cancelAll(options?: CallOptions): Promise<number> {
    return this.#writer.cancelAll(options);
  }

  /** @throws BrokerError */
  async change(
    orderId: string,
    changes: ParsedOrderUpdate,
    judge: (order: Order) => Promise<void>,
    options?: CallOptions,
  ): Promise<true> {
    return this.#writer.change(await this.#reader.record(orderId, options), changes, judge, options);
  }

  /** @throws BrokerError ORDER_NOT_FOUND */
  byId(orderId: string, options?: CallOptions): Promise<Order> {
    return this.#reader.byId(orderId, options);
  }

  /** Null where the gateway does not have it. @throws BrokerError */
  byClientOrderId(clientOrderId: string, options?: CallOptions): Promise<Order | null> {
    return this.#reader.byClientOrderId(clientOrderId, options);
  }

  /** Oldest first. @throws BrokerError */
  open(options?: CallOptions): Promise<readonly Order[]> {
    return this.#reader.open(options);
  }

  /** As far as is known, without asking. */
  knownOpen(): readonly Order[] {
    return this.#reader.knownOpen();
  }

  /** Newest first. @throws BrokerError */
  history(days: number, options?: CallOptions): Promise<readonly Order[]> {
    return this.#reader.history(days, options);
  }

  /** Oldest first. @throws BrokerError */
  fills(since: number, options?: CallOptions): Promise<readonly Fill[]> {
    return this.#reader.fills(since, options);
  }

  /** Only of orders: the ids of requests lie beyond them (H3). */
  #onError(error: GatewayError): void {
    if (error.id <= 0 || error.id >= FIRST_REQUEST_ID) return;
    const record = this.book.byOrderId(this.#gateway.clientId, error.id);
    const kind = kindOf(error);
    const words = wordsOf(error);
    const isUnconfirmed = record !== undefined && record.permId === null;
    if (kind === "notice" || (kind === "canceled" && !isUnconfirmed)) {
      if (record !== undefined && (kind === "notice" || !record.isCancelAsked))
        this.book.note(record, { notice: words });
      return;
    }
    const aim = aimOf(error);
    // A cancel that was refused says nothing against the order: it may have filled.
    if (isUnconfirmed && aim !== "cancel") this.book.drop(record);
    const wasAsked = this.#answers.refuse(error.id, aim, (what) => orderRefusal(error, what));
    if (record === undefined || isUnconfirmed) return;
    if (aim !== "cancel" && (!wasAsked || record.state === "pending")) {
      this.book.note(record, record.isChangeAsked ? { notice: words } : { rejection: words });
    } else {
      // A cancel or a change that was refused says that the order stands otherwise than is thought here.
      this.#follower.wonder();
    }
    this.#answers.look();
  }
}
