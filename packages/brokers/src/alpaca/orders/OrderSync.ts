import type { CallOptions } from "../../BrokerClient.ts";
import type { FillHistory } from "../account/FillHistory.ts";
import { ORDERS_A_PAGE, type OrderQuery, type TradingRest } from "../rest/TradingRest.ts";
import type { WireOrder } from "../rest/wireOrder.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { OrderChain } from "./OrderChain.ts";

const DAY_MS = 86_400_000;
/** A gap begins a little before it was noticed. */
const MARGIN_MS = 60_000;
/** Alpaca ends an order after 90 days: what is older than that is not open. */
const LONGEST_LIFE_MS = 91 * DAY_MS;
/** A chain of replacements that is longer is not followed any further. */
const LONGEST_CHAIN = 100;

/** Brings the book to what Alpaca has: at the beginning, and after every stretch in which something may have been missed. */
export class OrderSync {
  readonly #rest: TradingRest;
  readonly #book: OrderBook;
  readonly #history: FillHistory;
  /** Sweeps that had a group to read whole. */
  #turn = 0;

  constructor(rest: TradingRest, book: OrderBook, history: FillHistory) {
    this.#rest = rest;
    this.#book = book;
    this.#history = history;
  }

  /**
   * What is open and what was placed in the last day, taken without telling anyone.
   * @param now the broker's clock, epoch milliseconds. @throws BrokerError
   */
  async begin(now: number, options?: CallOptions): Promise<void> {
    this.#book.begin(now);
    const take = (orders: readonly WireOrder[]): void => orders.forEach((order) => void this.#book.take(order, false));
    for await (const page of this.pages({ status: "all", after: now - DAY_MS }, options)) take(page);
    for await (const page of this.pages({ status: "open" }, options)) take(page);
    await this.#findLegs(now, take, options);
    for (const chain of this.#book.openChains()) await this.follow(chain, false, options);
  }

  /**
   * Everything that may have happened since an instant, told as it would have been.
   * @param since our clock less its skew: the broker's, epoch milliseconds. @throws BrokerError
   */
  async catchUp(since: number, options?: CallOptions): Promise<void> {
    await this.lookForUnanswered(this.#book.sent.unanswered(since), options);
    for await (const page of this.pages({ status: "all", after: since - MARGIN_MS }, options)) {
      for (const order of page) await this.follow(this.#book.take(order), true, options);
    }
    await this.#verify(this.#missing(await this.#takeOpen(options)), options);
    await this.catchUpFills(since, options);
  }

  /** Orders that were sent and whose answer was lost. What is not found may still come. @throws BrokerError */
  async lookForUnanswered(clientOrderIds: readonly string[], options?: CallOptions): Promise<void> {
    for (const clientOrderId of clientOrderIds) {
      const order = await this.#rest.getOrderByClientOrderId(clientOrderId, options);
      if (order !== null) this.#book.take(order);
    }
  }

  /**
   * All open orders, compared, at a cost that hardly grows with their number. What no list has although it is open, a
   * stop that is held beside its working profit, is believed, and read of one group a time, in turn. @throws BrokerError
   */
  async sweep(options?: CallOptions): Promise<void> {
    const seen = await this.#takeOpen(options);
    if (this.#missing(seen).length === 0) return;
    for await (const page of this.pages({ status: "open", nested: false }, options)) {
      for (const order of page) {
        await this.follow(this.#book.take(order), true, options);
        seen.add(order.id);
      }
    }
    const working = new Set(
      this.#book.openChains().flatMap(({ group, head }) => (group !== null && seen.has(head.id) ? [group.id] : [])),
    );
    const missing = this.#missing(seen);
    const isHeld = ({ group, head }: OrderChain): boolean =>
      head.status === "held" && group !== null && working.has(group.id);
    const groups = [...new Set(missing.filter(isHeld).flatMap(({ group }) => group?.id ?? []))];
    const turn = groups.length === 0 ? undefined : groups[this.#turn++ % groups.length];
    await this.#verify(
      missing.filter((chain) => !isHeld(chain) || chain.group?.id === turn),
      options,
    );
  }

  /** The executions alone. @throws BrokerError */
  async catchUpFills(since: number, options?: CallOptions): Promise<void> {
    for (const activity of await this.#history.since(since - MARGIN_MS, options)) {
      if (this.#book.chain(activity.order_id) === undefined) await this.read(activity.order_id, options);
      this.#book.applyActivity(activity);
    }
  }

  /** Reads one order, what it replaced and what replaced it. @throws BrokerError */
  async read(id: string, options?: CallOptions): Promise<OrderChain> {
    return this.follow(this.#book.take(await this.#rest.getOrder(id, options)), true, options);
  }

  /** Completes a chain of replacements, both ways. @throws BrokerError */
  async follow(chain: OrderChain, told = true, options?: CallOptions): Promise<OrderChain> {
    for (let steps = 0; steps < LONGEST_CHAIN; steps += 1) {
      const { replaces } = chain.root;
      if (typeof replaces !== "string" || replaces === "" || this.#book.chain(replaces) !== undefined) break;
      this.#book.takePredecessor(chain, await this.#rest.getOrder(replaces, options));
    }
    for (let steps = 0; steps < LONGEST_CHAIN; steps += 1) {
      const next = chain.members.at(-1)?.replaced_by;
      if (typeof next !== "string" || next === "" || this.#book.chain(next) !== undefined) break;
      this.#book.take(await this.#rest.getOrder(next, options), told);
    }
    return chain;
  }

  /** All orders that a query finds, newest first. @throws BrokerError */
  async *pages(query: OrderQuery, options?: CallOptions): AsyncGenerator<readonly WireOrder[]> {
    let until = query.until;
    for (;;) {
      const page = await this.#rest.getOrders({ ...query, ...(until === undefined ? {} : { until }) }, options);
      yield page;
      const last = page.at(-1)?.submitted_at ?? null;
      if (page.length < ORDERS_A_PAGE || last === null) return;
      // Times are cut to milliseconds: the next page begins with that millisecond again, and the book takes it twice.
      const next = last + 1;
      if (next === until) return;
      until = next;
    }
  }

  /** The list of open orders, each with its legs. @returns the ids of all of them */
  async #takeOpen(options?: CallOptions): Promise<Set<string>> {
    const seen = new Set<string>();
    for await (const page of this.pages({ status: "open" }, options)) {
      for (const order of page) {
        await this.follow(this.#book.take(order), true, options);
        for (const { id } of [order, ...order.legs]) seen.add(id);
      }
    }
    return seen;
  }

  /** What is open here and was not among `seen`: legs of filled parents are in no list with nesting. */
  #missing(seen: ReadonlySet<string>): readonly OrderChain[] {
    return this.#book.openChains().filter(({ head }) => !seen.has(head.id));
  }

  /** Reads them again, each with its whole group. */
  async #verify(missing: readonly OrderChain[], options?: CallOptions): Promise<void> {
    const ids = new Set(missing.map(({ group, head }) => group?.id ?? head.id));
    const read = new Set<string>();
    for (const id of ids) {
      const order = await this.#rest.getOrder(id, options);
      await this.follow(this.#book.take(order), true, options);
      for (const each of [order, ...order.legs]) read.add(each.id);
    }
    // One whose group did not list it, such as a leg that was replaced.
    for (const chain of missing)
      if (!chain.hasEnded && !read.has(chain.head.id)) await this.read(chain.head.id, options);
  }

  /** Legs of parents that have filled, which only a list without nesting has; a held one only its parent has. */
  async #findLegs(now: number, take: (orders: readonly WireOrder[]) => void, options?: CallOptions): Promise<void> {
    const lost = new Set<string>();
    for await (const page of this.pages({ status: "open", nested: false }, options)) {
      for (const order of page) {
        const isLeg = order.order_class === "bracket" || order.order_class === "oto" || order.order_class === "oco";
        if (isLeg && (this.#book.chain(order.id)?.group ?? null) === null) lost.add(order.id);
      }
      take(page);
    }
    if (lost.size === 0) return;
    for await (const page of this.pages({ status: "all", after: now - LONGEST_LIFE_MS }, options)) {
      take(page.filter(({ legs }) => legs.some(({ id }) => lost.has(id))));
      for (const { legs } of page) for (const { id } of legs) lost.delete(id);
      if (lost.size === 0) return;
    }
  }
}
