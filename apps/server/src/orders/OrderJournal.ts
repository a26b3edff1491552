import { nextOrderState, type Clock, type OrderEvent, type OrderId, type UserId } from "@trenddojo/brokers/domain";
import { orderEvents, orders, type Db, type FillRow, type OrderChanges, type OrderRow, type Tx } from "@trenddojo/db";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { isoInstant } from "../wire/encode.ts";
import type { OrderEventView } from "../wire/orders.ts";
import { describeOrder } from "./describeOrder.ts";
import { fillView, orderView } from "./orderView.ts";

/** One thing that happened to an order, in all its three tellings: state, event stream, audit. */
export interface OrderStep {
  readonly event: OrderEvent;
  /** The words on the screen: "Working at the broker". */
  readonly message: string;
  /** The action in the audit log: "order.acknowledged". */
  readonly action: string;
  /** Who did it; null for the broker and the desk. */
  readonly userId: UserId | null;
  readonly type?: OrderEventView["type"];
  readonly changes?: OrderChanges;
  readonly fill?: FillRow;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The only writer of what becomes of an order: its state, its numbered event and its audit row are committed together,
 * and only then announced. A step that contradicts the state is left undone and alarmed in the audit log.
 */
export class OrderJournal {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #audit: AuditLog;
  readonly #bus: TickBus;

  constructor(parts: { readonly db: Db; readonly clock: Clock; readonly audit: AuditLog; readonly bus: TickBus }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#audit = parts.audit;
    this.#bus = parts.bus;
  }

  /**
   * Locks the order, lets `decide` choose the steps by what it is now, and writes them. `decide` may read and write in
   * the transaction and answers null to leave it alone.
   * @returns the order as it stands; null where there is none.
   */
  async record(
    orderId: OrderId,
    decide: (row: OrderRow, tx: Tx) => OrderStep | null | Promise<OrderStep | null>,
  ): Promise<OrderRow | null> {
    const row = await this.#db.transaction(async (tx) => {
      const locked = await orders.lock(tx, orderId);
      if (locked === null) return null;
      const step = await decide(locked, tx);
      return step === null ? locked : this.write(tx, locked, step);
    });
    if (row !== null) this.announce(row.userId);
    return row;
  }

  /** Writes one step in the caller's transaction; the caller announces after the commit. */
  async write(tx: Tx, row: OrderRow, step: OrderStep): Promise<OrderRow> {
    const to = nextOrderState(row.state, step.event);
    if (to === "illegal") {
      await this.#alarm(tx, row, step);
      return row;
    }
    const moved = await orders.applyTransition(tx, {
      orderId: row.id,
      from: row.state,
      to,
      now: this.#clock.now(),
      ...(step.changes === undefined ? {} : { changes: step.changes }),
    });
    if (moved === null) throw new Error(`order ${row.id} changed under its lock`);
    await this.tell(tx, moved, step);
    return moved;
  }

  /** Adds the event and the audit row of a row that was just written. */
  async tell(tx: Tx, row: OrderRow, step: Omit<OrderStep, "event" | "changes">): Promise<void> {
    const at = this.#clock.now();
    const event: Omit<OrderEventView, "sequence"> = {
      type: step.type ?? "state",
      at: isoInstant(at),
      order: orderView(row),
      fill: step.fill === undefined ? null : fillView(step.fill),
      message: step.message,
    };
    await orderEvents.append(tx, { userId: row.userId, orderId: row.id, at, payload: { ...event } });
    await this.#audit.append(tx, {
      chain: chains.account(row.accountId),
      userId: step.userId,
      action: step.action,
      subject: row.id,
      mode: row.mode,
      message: `${describeOrder(row)}: ${step.message}`,
      details: { state: row.state, clientOrderId: row.clientOrderId, venueOrderId: row.venueOrderId, ...step.details },
    });
  }

  /** After a commit: whoever listens to the user's orders looks. */
  announce(userId: UserId): void {
    this.#bus.publish(subjects.orderEvents(userId));
  }

  async #alarm(tx: Tx, row: OrderRow, step: OrderStep): Promise<void> {
    await this.#audit.append(tx, {
      chain: chains.account(row.accountId),
      userId: null,
      action: "order.contradiction",
      subject: row.id,
      mode: row.mode,
      message: `${describeOrder(row)} is ${row.state}, which contradicts "${step.event}" (${step.message}); it was left as it is`,
      details: { state: row.state, event: step.event, ...step.details },
    });
  }
}
