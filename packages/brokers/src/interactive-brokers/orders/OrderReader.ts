import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Fill, Order } from "../../domain/order.ts";
import { show } from "../../rules/orderFields.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { OrderRecord } from "./OrderRecord.ts";
import type { OrderSync } from "./OrderSync.ts";
import { noWords } from "./OrderWriter.ts";

const DAY_MS = 86_400_000;
/** How an order is called that has no name of its own. */
const NAMELESS = /^ib-(\d{1,15})$/;

/** Finds orders and executions: the gateway is asked, and the book has what it told before. */
export class OrderReader {
  readonly #book: OrderBook;
  readonly #sync: OrderSync;
  /** The broker's clock, epoch milliseconds. */
  readonly #brokerNow: () => number;

  constructor(book: OrderBook, sync: OrderSync, brokerNow: () => number) {
    this.#book = book;
    this.#sync = sync;
    this.#brokerNow = brokerNow;
  }

  /** @param orderId as the desk has it. @throws BrokerError ORDER_NOT_FOUND */
  async record(orderId: unknown, options?: CallOptions): Promise<OrderRecord> {
    const permId = typeof orderId === "string" && /^[1-9]\d{0,14}$/.test(orderId) ? Number(orderId) : null;
    if (permId !== null) {
      if (this.#book.byPermId(permId) === undefined) await this.#sync.all(options);
      const found = this.#book.byPermId(permId);
      if (found !== undefined) return found;
    }
    const shown = show(orderId);
    throw ibRefusal(BrokerErrorCode.ORDER_NOT_FOUND, `there is no order with the id ${shown}`, { orderId: shown });
  }

  /** @throws BrokerError ORDER_NOT_FOUND */
  async byId(orderId: string, options?: CallOptions): Promise<Order> {
    const record = await this.record(orderId, options);
    if (!this.#book.isOver(record)) await this.#sync.open(options);
    return this.#view(record);
  }

  /** Null where the gateway, having shown all its lists, does not have it. @throws BrokerError */
  async byClientOrderId(clientOrderId: string, options?: CallOptions): Promise<Order | null> {
    const nameless = NAMELESS.exec(clientOrderId);
    const find = (): OrderRecord | undefined =>
      nameless === null ? this.#book.byRef(clientOrderId) : this.#book.byPermId(Number(nameless[1]));
    const known = find();
    if (known === undefined || known.permId === null) await this.#sync.all(options);
    else if (!this.#book.isOver(known)) await this.#sync.open(options);
    const found = find();
    return found === undefined || found.permId === null ? null : this.#view(found);
  }

  /** Oldest first. @throws BrokerError */
  async open(options?: CallOptions): Promise<readonly Order[]> {
    const listed = await this.#sync.open(options);
    // What is not listed has ended, and the other lists say how.
    const isListed = ({ permId }: OrderRecord): boolean => permId !== null && listed.has(permId);
    if (!this.#book.openRecords().every(isListed)) await this.#sync.all(options);
    return this.knownOpen();
  }

  /** As far as is known, without asking. */
  knownOpen(): readonly Order[] {
    return this.#views(this.#book.openRecords()).toSorted((a, b) => a.submittedAt - b.submittedAt);
  }

  /** Newest first. The gateway lists what ended today; of days before, what this connection has seen. @throws BrokerError */
  async history(days: number, options?: CallOptions): Promise<readonly Order[]> {
    await this.#sync.all(options);
    const since = this.#brokerNow() - days * DAY_MS;
    return this.#views(this.#book.records())
      .filter(({ updatedAt }) => updatedAt >= since)
      .toReversed()
      .toSorted((a, b) => b.submittedAt - a.submittedAt);
  }

  /** Oldest first; as `history` of days before today. @throws BrokerError */
  async fills(since: number, options?: CallOptions): Promise<readonly Fill[]> {
    await this.#sync.executions(options);
    return this.#book.ledger.since(since);
  }

  #views(records: readonly OrderRecord[]): readonly Order[] {
    return records.flatMap((record) => this.#book.view(record) ?? []);
  }

  #view(record: OrderRecord): Order {
    const order = this.#book.view(record);
    if (order === null) throw noWords(record);
    return order;
  }
}
