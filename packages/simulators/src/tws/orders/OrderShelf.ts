import { isEnded, type TwsOrder } from "./TwsOrder.ts";

/** Orders that have ended and are kept. */
const MOST_ENDED = 10_000;

/** Every order of the gateway, by each of its names. Order ids are a client's own. */
export class OrderShelf {
  readonly #byId = new Map<string, TwsOrder>();
  readonly #byExchangeId = new Map<string, TwsOrder>();
  readonly #open = new Set<TwsOrder>();
  readonly #ended: TwsOrder[] = [];
  readonly #lastIds = new Map<number, number>();
  #lastPermId: number;

  /** @param firstPermId the account-wide ids begin after it. */
  constructor(firstPermId: number) {
    this.#lastPermId = firstPermId;
  }

  /** Greater than every id that the client has used. */
  nextId(clientId: number): number {
    return (this.#lastIds.get(clientId) ?? 0) + 1;
  }

  use(clientId: number, orderId: number): void {
    this.#lastIds.set(clientId, Math.max(this.#lastIds.get(clientId) ?? 0, orderId));
  }

  /** As a gateway that was restarted forgets its newest ids: they are given again, and their orders live on beside. */
  rollBack(ids: number): void {
    for (const [clientId, last] of this.#lastIds) {
      const kept = Math.max(0, last - ids);
      this.#lastIds.set(clientId, kept);
      for (let id = kept + 1; id <= last; id += 1) this.#byId.delete(keyOf(clientId, id));
    }
  }

  nextPermId(): number {
    this.#lastPermId += 1;
    return this.#lastPermId;
  }

  add(order: TwsOrder): void {
    if (order.orderId > 0) this.#byId.set(keyOf(order.clientId, order.orderId), order);
    if (order.exchangeId !== null) this.#byExchangeId.set(order.exchangeId, order);
    if (isEnded(order)) this.#keepEnded(order);
    else this.#open.add(order);
  }

  /** A manual order gets an id of the client that it is bound to. */
  rename(order: TwsOrder, orderId: number): void {
    order.orderId = orderId;
    this.#byId.set(keyOf(order.clientId, orderId), order);
  }

  link(order: TwsOrder, exchangeId: string): void {
    order.exchangeId = exchangeId;
    this.#byExchangeId.set(exchangeId, order);
  }

  unlink(order: TwsOrder): void {
    if (order.exchangeId !== null) this.#byExchangeId.delete(order.exchangeId);
    order.exchangeId = null;
  }

  /** Moves an order that has ended to the others. */
  end(order: TwsOrder): void {
    if (this.#open.delete(order)) this.#keepEnded(order);
  }

  find(clientId: number, orderId: number): TwsOrder | undefined {
    return this.#byId.get(keyOf(clientId, orderId));
  }

  /** The order that a client may mean by an id: its own or, failing that, another's. */
  findForCancel(clientId: number, orderId: number): TwsOrder | undefined {
    const own = this.find(clientId, orderId);
    if (own !== undefined) return own;
    return this.open().find((order) => order.orderId === orderId && order.isTransmitted);
  }

  byExchangeId(exchangeId: string): TwsOrder | undefined {
    return this.#byExchangeId.get(exchangeId);
  }

  /** Oldest first. */
  open(): readonly TwsOrder[] {
    return [...this.#open];
  }

  /** In the order of their ends. */
  ended(): readonly TwsOrder[] {
    return this.#ended;
  }

  /** All that a store has to keep. */
  counters(): { readonly lastPermId: number; readonly lastIds: readonly (readonly [number, number])[] } {
    return { lastPermId: this.#lastPermId, lastIds: [...this.#lastIds] };
  }

  restoreCounters({ lastPermId, lastIds }: ReturnType<OrderShelf["counters"]>): void {
    this.#lastPermId = lastPermId;
    for (const [clientId, last] of lastIds) this.#lastIds.set(clientId, last);
  }

  #keepEnded(order: TwsOrder): void {
    this.#ended.push(order);
    if (this.#ended.length > MOST_ENDED) this.#ended.shift();
  }
}

const keyOf = (clientId: number, orderId: number): string => `${clientId} ${orderId}`;
