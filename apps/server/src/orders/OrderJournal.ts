import {
  nextOrderState,
  type AccountId,
  type Clock,
  type OrderEvent,
  type OrderId,
  type OrderLeg,
  type UserId,
} from "@trenddojo/brokers/domain";
import {
  orders,
  type Db,
  type FillRow,
  type NewAuditEntry,
  type OrderChanges,
  type OrderRow,
  type Tx,
} from "@trenddojo/db";
import { alertOfOrder } from "../alerts/alertOfOrder.ts";
import { announceAlerts } from "../alerts/announceAlerts.ts";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import type { OrderLatency } from "../metrics/OrderLatency.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { isoInstant } from "../wire/encode.ts";
import type { OrderEventView } from "../wire/orders.ts";
import { describeOrder } from "./describeOrder.ts";
import { orFoundAlive } from "./foundAlive.ts";
import { GroupCommit, writeTellings, type Telling } from "./GroupCommit.ts";
import { legStep } from "./legStep.ts";
import { fillView, orderView } from "./orderView.ts";

/** One thing that happened to an order, in all its three tellings: state, event stream, audit. */
export interface OrderStep {
  readonly event: OrderEvent;
  /** The words on the screen: "Working at the broker". */
  readonly message: string;
  /** The action in the audit log: "order.acknowledged"; null for what the market does many times over and nobody did. */
  readonly action: string | null;
  /** Who did it; null for the broker and the desk. */
  readonly userId: UserId | null;
  readonly type?: OrderEventView["type"];
  readonly changes?: OrderChanges;
  readonly fill?: FillRow;
  /** Nothing of the request has left: its legs end as it does. */
  readonly isUnsent?: boolean;
  /** What the broker calls the legs of a group that it took. */
  readonly legs?: readonly OrderLeg[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The words of a step that is no transition of its own. */
type Said = Omit<OrderStep, "event" | "changes">;

/** A transaction of the journal's, which steps of other orders may share. */
interface JournalTx {
  readonly tx: Tx;
  /** Adds the event and the audit row of a row that was just written. */
  readonly tell: (row: OrderRow, said: Said) => void;
}

/** Where the steps of an order are written: the journal or, in a reconciliation, one that keeps the drift ledger beside it. */
export type OrderRecorder = Pick<OrderJournal, "record">;

/**
 * The only writer of what becomes of an order: its state, its numbered event and its audit row are committed together,
 * and only then announced. What becomes of a group's leader before the broker has named its legs becomes of them in the
 * same commit. A step that contradicts the state is left undone and alarmed in the audit log.
 */
export class OrderJournal {
  readonly #commits: GroupCommit;
  readonly #clock: Clock;
  readonly #audit: AuditLog;
  readonly #bus: TickBus;
  readonly #latency: Pick<OrderLatency, "note"> | null;
  readonly #followers = new Map<OrderId, ReadonlySet<(row: OrderRow) => void>>();

  constructor(parts: {
    readonly db: Db;
    readonly clock: Clock;
    readonly audit: AuditLog;
    readonly bus: TickBus;
    /** Told how long each order took. @default nobody is */
    readonly latency?: Pick<OrderLatency, "note">;
  }) {
    this.#commits = new GroupCommit(parts.db);
    this.#clock = parts.clock;
    this.#audit = parts.audit;
    this.#bus = parts.bus;
    this.#latency = parts.latency ?? null;
  }

  /**
   * Writes in a transaction with what else there is to write just now: see `GroupCommit`. Announce it afterwards.
   * @param key of two calls with one key, the second begins after the first has committed
   */
  commit<Result>(key: OrderId | AccountId, write: (journal: JournalTx) => Promise<Result>): Promise<Result> {
    return this.#commits.run(key, ({ tx, tell }) => write({ tx, tell: (row, said) => tell(this.#telling(row, said)) }));
  }

  /**
   * Locks the order, lets `decide` choose the steps by what it is now, and writes them. `decide` may read and write in
   * the transaction and answers null to leave it alone; where a transaction fails it may be asked again.
   * @returns the order as it stands; null where there is none.
   */
  async record(
    orderId: OrderId,
    decide: (row: OrderRow, tx: Tx) => OrderStep | null | Promise<OrderStep | null>,
  ): Promise<OrderRow | null> {
    const { before, row, ids, isAlerted } = await this.commit(orderId, async (journal) => {
      const { tx } = journal;
      const locked = await orders.lock(tx, orderId);
      if (locked === null) return { before: null, row: null, ids: [], isAlerted: false };
      // All rows before any event: events of a user are told one transaction at a time, and two must not wait crosswise.
      const isLeader = locked.orderClass !== null && locked.leaderId === null;
      const legs = isLeader ? await orders.lockLegs(tx, orderId) : [];
      const step = await decide(locked, tx);
      const ids = [locked, ...legs].map(({ id }) => id);
      if (step === null) return { before: locked, row: locked, ids, isAlerted: false };
      const moved = await this.#write(journal, locked, legs, step);
      const isAlerted = await alertOfOrder(this.#clock, tx, { before: locked, after: moved, step });
      return { before: locked, row: moved, ids, isAlerted };
    });
    if (row === null) return null;
    this.#latency?.note(before, row);
    for (const follower of this.#followers.get(orderId) ?? []) follower(row);
    for (const id of ids) this.#bus.publish(subjects.order(id));
    this.announce(row.userId);
    if (isAlerted) announceAlerts(this.#bus, row.userId);
    return row;
  }

  /**
   * Calls `follower` with an order as it stands after each step that this process commits, before the step is announced;
   * other nodes' steps are announced only. It must not throw. Ends with the call of what is returned.
   */
  follow(orderId: OrderId, follower: (row: OrderRow) => void): () => void {
    this.#followers.set(orderId, new Set([...(this.#followers.get(orderId) ?? []), follower]));
    return () => {
      const left = new Set([...(this.#followers.get(orderId) ?? [])].filter((each) => each !== follower));
      if (left.size === 0) this.#followers.delete(orderId);
      else this.#followers.set(orderId, left);
    };
  }

  async #write(journal: JournalTx, row: OrderRow, legs: readonly OrderRow[], decided: OrderStep): Promise<OrderRow> {
    const to = nextOrderState(row.state, decided.event);
    if (to === "illegal") {
      await this.#alarm(journal.tx, row, decided);
      return row;
    }
    const step = orFoundAlive(row, to, decided);
    const now = this.#clock.now();
    const moved = await orders.applyTransition(journal.tx, {
      orderId: row.id,
      from: row.state,
      to,
      now,
      ...(step.changes === undefined ? {} : { changes: step.changes }),
    });
    if (moved === null) throw new Error(`order ${row.id} changed under its lock`);
    journal.tell(moved, step);
    for (const leg of legs) {
      const followed = legStep(decided, leg, now);
      if (followed !== null) await this.#write(journal, leg, [], followed);
    }
    return moved;
  }

  /** Adds the event and the audit row of a row that was just written in a transaction of the caller's own. */
  async tell(tx: Tx, row: OrderRow, said: Said): Promise<void> {
    await writeTellings(tx, [this.#telling(row, said)]);
  }

  #telling(row: OrderRow, said: Said): Telling {
    const at = this.#clock.now();
    const event: Omit<OrderEventView, "sequence"> = {
      type: said.type ?? "state",
      at: isoInstant(at),
      order: orderView(row),
      fill: said.fill === undefined ? null : fillView(said.fill),
      message: said.message,
    };
    return {
      event: { userId: row.userId, orderId: row.id, at, payload: { ...event } },
      entry: said.action === null ? null : this.#entry(row, said.action, said),
    };
  }

  #entry(row: OrderRow, action: string, { userId, message, details }: Said): NewAuditEntry {
    return this.#audit.entry({
      chain: chains.account(row.accountId),
      userId,
      action,
      subject: row.id,
      mode: row.mode,
      message: `${describeOrder(row)}: ${message}`,
      details: { state: row.state, clientOrderId: row.clientOrderId, venueOrderId: row.venueOrderId, ...details },
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
