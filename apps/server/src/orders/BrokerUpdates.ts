import type { Clock, OrderId, OrderUpdateEvent } from "@trenddojo/brokers/domain";
import type { AccountRow, Db, OrderRow } from "@trenddojo/db";
import type { IdMaker } from "../lib/IdMaker.ts";
import type { SerialQueue } from "../lib/SerialQueue.ts";
import type { TaskSet } from "../lib/TaskSet.ts";
import { applyFill } from "./applyFill.ts";
import { applySnapshot, isOnlyTrailing, termsDiffer } from "./applySnapshot.ts";
import { applyTrailingMove } from "./applyTrailingMove.ts";
import { findToldOrder } from "./findToldOrder.ts";
import { isTriggerNews } from "./followedTerms.ts";
import { isUnwanted } from "./foundAlive.ts";
import type { InFlight } from "./InFlight.ts";
import type { OrderJournal, OrderRecorder } from "./OrderJournal.ts";
import { TrailingMoves } from "./TrailingMoves.ts";

export interface BrokerUpdatesParts {
  readonly account: AccountRow;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly journal: OrderJournal;
  /** The account's queue. */
  readonly updates: SerialQueue;
  readonly inFlight: InFlight;
  readonly tasks: TaskSet;
  /** The broker told of an order that is not stored, or that is unwanted. */
  readonly onStrange: () => void;
}

/** Books what the broker pushes of orders that the desk knows. Dispose it after the last update. */
export class BrokerUpdates implements Disposable {
  readonly #parts: BrokerUpdatesParts;
  readonly #trails: TrailingMoves;

  constructor(parts: BrokerUpdatesParts) {
    this.#parts = parts;
    this.#trails = new TrailingMoves(parts.clock, (orderId) =>
      parts.tasks.add(
        "follow a trailing stop",
        parts.updates.run(() => this.#followOn(orderId)),
      ),
    );
  }

  /**
   * Run it in the account's queue, in the order of arrival.
   * @param journal where it is written; the journal itself where it is left out
   */
  async apply(event: OrderUpdateEvent, journal: OrderRecorder = this.#parts.journal): Promise<void> {
    const { ids, clock, inFlight, onStrange } = this.#parts;
    const { order } = event;
    const row = await findToldOrder(this.#parts, order);
    if (row === null) return onStrange();
    if (row.state === "NOT_PLACED") onStrange();
    if (event.type === "order" && isOnlyTrailing(row, order)) {
      if (this.#trails.moved(row.id, { order, from: row.stopPrice })) await this.#takeOver(row, order, journal);
      return;
    }
    this.#trails.forget(row.id);
    if (event.type === "fill") {
      // The shares that an amount of money makes, and those that it was changed to, are known before its executions are
      // counted against them; and what set a stop off is told before what it did.
      const isUnsized = row.notional !== null && row.venueOrderId === null;
      if (isUnsized || termsDiffer(row, order) || isTriggerNews(row, order)) await this.#takeOver(row, order, journal);
      await applyFill(row.id, event.fill, { journal, id: ids.uuid(), now: clock.now() });
      return;
    }
    // The answer to the placing, which is under way, says why in a code.
    if (order.status === "rejected" && inFlight.has(row.leaderId ?? row.id)) return;
    await this.#takeOver(row, order, journal);
  }

  [Symbol.dispose](): void {
    this.#trails[Symbol.dispose]();
  }

  /** The last of the moves that were not told one by one. */
  async #followOn(orderId: OrderId): Promise<void> {
    const move = this.#trails.next(orderId);
    if (move !== null) await applyTrailingMove(this.#parts.journal, orderId, move);
  }

  async #takeOver(
    { id, leaderId }: Pick<OrderRow, "id" | "leaderId">,
    order: OrderUpdateEvent["order"],
    journal: OrderRecorder,
  ): Promise<void> {
    const { clock, inFlight, onStrange } = this.#parts;
    const sentAt = inFlight.sentAt(leaderId ?? id);
    const row = await applySnapshot(journal, id, order, { endsPending: false, now: clock.now(), sentAt });
    // The look that follows cancels it.
    if (row !== null && isUnwanted(row) && row.state !== "PENDING_CANCEL") onStrange();
  }
}
