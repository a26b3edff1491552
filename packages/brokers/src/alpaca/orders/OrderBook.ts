import { BrokerError } from "../../BrokerError.ts";
import { parseFixed, quantity } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Fill, Order, OrderUpdateEvent } from "../../domain/order.ts";
import { ALPACA } from "../alpacaName.ts";
import type { WireFillActivity } from "../rest/wireAccount.ts";
import type { WireLeg, WireOrder } from "../rest/wireOrder.ts";
import { KNOWN_EVENTS, type TradeUpdate } from "../stream/tradeUpdate.ts";
import { FillLedger, toFill, type Execution } from "./FillLedger.ts";
import { OrderChain } from "./OrderChain.ts";
import { SentOrders } from "./SentOrders.ts";
import { roleOfLeg, toOrder } from "./toOrder.ts";

/** What the book could not settle by itself after an update. */
export interface Unsettled {
  /** Executions are missing: read them from the list of activities. */
  readonly hasGap: boolean;
  /** Orders to be read again: an event or state that is not known here, a group of which one leg ended. */
  readonly reread: readonly string[];
}

export interface OrderBookOptions {
  /** Each change of an order once, in the order in which they became known. */
  readonly onUpdate: (event: OrderUpdateEvent) => void;
}

const SETTLED: Unsettled = { hasGap: false, reread: [] };

/**
 * What is known of the account's orders, from whatever told it: an answer, the stream, a list. It takes everything in
 * any order and any number of times, and tells each change and each execution once.
 */
export class OrderBook {
  readonly sent = new SentOrders();
  readonly #options: OrderBookOptions;
  /** By each id that the order has had at Alpaca. */
  readonly #chains = new Map<string, OrderChain>();
  /** By the client order id of the first. */
  readonly #byClientId = new Map<string, OrderChain>();
  readonly #told = new Map<OrderChain, string>();
  readonly #ledger = new FillLedger();
  /** Executions that the stream told, by Alpaca's own id, and the order of each. */
  readonly #executions = new Map<string, string>();
  /** What has not changed since is no news: it was there before anyone listened, or was told and forgotten. */
  #newsFrom = Number.NEGATIVE_INFINITY;

  constructor(options: OrderBookOptions) {
    this.#options = options;
  }

  /** From here on things are news. @param now the broker's clock, epoch milliseconds. */
  begin(now: number): void {
    this.#newsFrom = now;
  }

  /** By any id that it has had at Alpaca. */
  chain(id: string): OrderChain | undefined {
    return this.#chains.get(id);
  }

  chainByClientId(clientOrderId: string): OrderChain | undefined {
    return this.#byClientId.get(clientOrderId);
  }

  chains(): readonly OrderChain[] {
    return [...new Set(this.#chains.values())];
  }

  /** Those that have not ended, as far as is known. */
  openChains(): readonly OrderChain[] {
    return this.chains().filter((chain) => !chain.hasEnded);
  }

  /**
   * Forgets orders that ended and have not changed since an instant, each group as a whole: whatever tells of them later
   * is no news. Nothing that changed before it may still be untold.
   * @param before the broker's clock, epoch milliseconds. @returns how many were forgotten.
   */
  prune(before: number): number {
    const chains = this.chains();
    const groupOf = ({ group, root }: OrderChain): string => group?.id ?? root.id;
    const kept = new Set(chains.filter((chain) => !this.#isOver(chain, before)).map(groupOf));
    const over = chains.filter((chain) => !kept.has(groupOf(chain)));
    const ids = new Set(over.flatMap(({ members }) => members.map(({ id }) => id)));
    for (const id of ids) {
      this.#chains.delete(id);
      this.#ledger.forget(id);
    }
    for (const chain of over) this.#told.delete(chain);
    for (const [id, chain] of this.#byClientId) if (ids.has(chain.root.id)) this.#byClientId.delete(id);
    for (const [id, orderId] of this.#executions) if (ids.has(orderId)) this.#executions.delete(id);
    this.#newsFrom = Math.max(this.#newsFrom, before);
    return over.length;
  }

  /** Null for an order that the desk has no words for. @throws BrokerError API_ERROR for one in an unknown state. */
  view(chain: OrderChain): Order | null {
    const order = toOrder(chain);
    if (order !== null || chain.unknownStatus === null) return order;
    const { id, status } = chain.head;
    const message = `${ALPACA} calls an order "${status.slice(0, 40)}", which this version does not know`;
    throw new BrokerError(message, BrokerErrorCode.API_ERROR, ALPACA, {
      details: { orderId: id, status: status.slice(0, 40) },
      outcome: "refused",
    });
  }

  /**
   * Takes an order from an answer or a list, its legs with it, and tells what changed. One that was not known here and
   * has not changed since `begin` is no news.
   * @param told false for what was there before anyone listened.
   */
  take(wire: WireOrder, told = true): OrderChain {
    const isNews = told && (this.#chains.has(wire.id) || !this.#isOld(wire));
    const chain = this.#absorb(wire);
    this.#group(chain, wire);
    for (const each of [wire, ...wire.legs]) {
      this.sent.found(each.client_order_id);
      const own = this.#chains.get(each.id);
      if (own === undefined) continue;
      if (!isNews) {
        this.#ledger.begin(each.id, each.filled_qty);
        this.#told.set(own, fingerprint(toOrder(own)));
      } else this.#tell(own);
    }
    return chain;
  }

  /** Puts an order at the beginning of the chain of the one that replaced it. */
  takePredecessor(chain: OrderChain, wire: WireLeg): void {
    this.#byClientId.delete(chain.root.client_order_id);
    chain.precede(wire);
    this.#chains.set(wire.id, chain);
    this.#byClientId.set(wire.client_order_id, chain);
    if (this.#isOld(wire)) this.#ledger.begin(wire.id, wire.filled_qty);
  }

  /** Takes an event of the stream. */
  apply(update: TradeUpdate): Unsettled {
    const { event, order, execution_id: id } = update;
    if (typeof id === "string" && id !== "") {
      if (this.#executions.has(id)) return SETTLED;
      this.#executions.set(id, order.id);
    }
    const chain = this.#absorb(order);
    this.#group(chain, order);
    this.sent.found(order.client_order_id);
    const hasGap = event === "fill" || event === "partial_fill" ? !this.#applyFill(chain, update) : false;
    if (!hasGap) this.#tell(chain);
    const isStrange = !KNOWN_EVENTS.has(event) || chain.unknownStatus !== null;
    // Nothing is told of a held leg that Alpaca cancels because the other one filled:
    // https://github.com/alpacahq/alpaca-py/issues/198
    const groupId = chain.group !== null && chain.hasEnded ? chain.group.id : null;
    const reread = [...(isStrange ? [order.id] : []), ...(groupId === null ? [] : [groupId])];
    return { hasGap, reread };
  }

  /**
   * Takes an execution from the list of activities, and tells it unless it was told.
   * @returns undefined where its order is not known.
   */
  applyActivity(activity: WireFillActivity): Fill | undefined {
    const chain = this.#chains.get(activity.order_id);
    const order = chain === undefined ? null : toOrder(chain);
    if (chain === undefined || order === null) return undefined;
    const execution = executionOf(activity);
    const booked = this.#ledger.book(execution, order);
    if (booked.kind === "new") this.#tellFill(chain, booked.fill);
    return this.#ledger.find(execution.venueOrderId, execution.cumulative) ?? toFill(execution, order);
  }

  /** Orders of which more is filled than was told. */
  untold(): readonly OrderChain[] {
    return this.chains().filter((chain) => this.#isAwaited(chain));
  }

  /** @returns whether it could be booked; false where executions before it are missing. */
  #applyFill(chain: OrderChain, { order: wire, price, qty, timestamp }: TradeUpdate): boolean {
    const order = toOrder(chain);
    if (order === null) return true;
    if (price === null || qty === null) return false;
    const booked = this.#ledger.book(
      {
        venueOrderId: wire.id,
        quantity: qty,
        price,
        cumulative: wire.filled_qty,
        filledAt: timestamp ?? wire.updated_at ?? 0,
      },
      order,
    );
    if (booked.kind === "new") this.#tellFill(chain, booked.fill);
    return booked.kind !== "gap";
  }

  #isOver(chain: OrderChain, before: number): boolean {
    if (!chain.hasEnded || this.#isAwaited(chain)) return false;
    return chain.members.every(({ updated_at: at }) => at !== null && at < before);
  }

  #absorb(wire: WireLeg): OrderChain {
    const known = this.#chains.get(wire.id);
    if (known !== undefined) {
      known.take(wire);
      return known;
    }
    const replaced = typeof wire.replaces === "string" ? this.#chains.get(wire.replaces) : undefined;
    if (replaced !== undefined) {
      replaced.take(wire);
      this.#chains.set(wire.id, replaced);
      this.#ledger.begin(wire.id, replaced.carriedBy(wire));
      return replaced;
    }
    // Lists begin with the newest: the one that replaced it may be here already.
    const replacing = typeof wire.replaced_by === "string" ? this.#chains.get(wire.replaced_by) : undefined;
    if (replacing !== undefined && replacing.root.id === wire.replaced_by) {
      this.takePredecessor(replacing, wire);
      return replacing;
    }
    const chain = new OrderChain(wire);
    this.#chains.set(wire.id, chain);
    this.#byClientId.set(wire.client_order_id, chain);
    return chain;
  }

  /** Only a list with its legs in it tells which orders belong together. */
  #group(parent: OrderChain, { legs, order_class: orderClass }: WireOrder): void {
    if (legs.length === 0) return;
    const id = parent.group?.id ?? parent.root.id;
    parent.group ??= { id, role: orderClass === "oco" ? "take_profit" : "entry" };
    for (const leg of legs) {
      const role = roleOfLeg(leg);
      const chain = this.#absorb(leg);
      if (role !== undefined) chain.group ??= { id, role };
      if (orderClass !== "oco") chain.entry = parent;
    }
  }

  #isOld({ updated_at: updatedAt }: WireLeg): boolean {
    return updatedAt !== null && updatedAt < this.#newsFrom;
  }

  #tell(chain: OrderChain): void {
    const order = toOrder(chain);
    const print = fingerprint(order);
    if (order === null || this.#told.get(chain) === print) return;
    // Filled shares are told with their executions, never before them.
    if (this.#isAwaited(chain)) return;
    this.#told.set(chain, print);
    this.#options.onUpdate({ type: "order", order });
  }

  #tellFill(chain: OrderChain, fill: Fill): void {
    const now = toOrder(chain);
    if (now === null) return;
    const order = this.#asTold(now, chain);
    this.#told.set(chain, fingerprint(order));
    this.#options.onUpdate({ type: "fill", order, fill });
  }

  /** As it was with the executions that were told: those of a gap come together, each is told with its own. */
  #asTold(order: Order, chain: OrderChain): Order {
    const { members } = chain;
    const filled = members.reduce((sum, each) => sum + this.#ledger.bookedUpTo(each.id) - chain.carriedBy(each), 0n);
    if (filled >= parseFixed(order.filledQuantity)) return order;
    const average = this.#ledger.averageOf(
      members.map(({ id }) => id),
      filled,
    );
    const averageFillPrice = average ?? order.averageFillPrice;
    return { ...order, filledQuantity: quantity(filled), averageFillPrice, status: "partially_filled" };
  }

  #isAwaited(chain: OrderChain): boolean {
    return chain.members.some(({ id, filled_qty: filled }) => filled > this.#ledger.bookedUpTo(id));
  }
}

function executionOf(activity: WireFillActivity): Execution {
  const { order_id: venueOrderId, qty, price, cum_qty: cumulative, transaction_time: filledAt } = activity;
  return { venueOrderId, quantity: qty, price, cumulative, filledAt };
}

/** What of an order is worth telling: the time of its last change alone is not. */
function fingerprint(order: Order | null): string {
  return order === null ? "" : JSON.stringify({ ...order, updatedAt: 0, expiresAt: 0 });
}
