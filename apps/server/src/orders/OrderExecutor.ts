import { BrokerError, type BrokerClient } from "@trenddojo/brokers";
import type { AccountId, Clock, OrderId, OrderResponse } from "@trenddojo/brokers/domain";
import { orders, type Db, type OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import { Latch } from "../lib/Latch.ts";
import type { SerialQueue } from "../lib/SerialQueue.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import type { Lease } from "./ConnectionLease.ts";
import type { InFlight } from "./InFlight.ts";
import type { OrderJournal } from "./OrderJournal.ts";
import { toOrderRequest } from "./toOrderRequest.ts";

/** After this without an answer the outcome of a send is unknown. */
const SEND_TIMEOUT_MS = 10_000;

type Answer =
  | { readonly kind: "taken"; readonly response: OrderResponse }
  | { readonly kind: "refused"; readonly error: BrokerError }
  | { readonly kind: "unknown"; readonly error: unknown };

export interface OrderExecutorParts {
  readonly accountId: AccountId;
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly journal: OrderJournal;
  readonly lease: Lease;
  /** The account's queue: answers are booked in line with the broker's updates. */
  readonly updates: SerialQueue;
  readonly inFlight: InFlight;
  /** The client, while orders may go; null while it is away or being reconciled. */
  readonly client: () => BrokerClient | null;
  /** An order became UNKNOWN: look for it. */
  readonly onUnknown: () => void;
}

/**
 * The owner's half of an order's way: claims each intent once (TX2), writes it to the wire in the same tick, and books
 * the answer (TX3). Orders go out in the order they were placed; answers are not waited for in between.
 */
export class OrderExecutor {
  readonly #parts: OrderExecutorParts;
  readonly #awake = new Latch(true);
  readonly #sends: TaskSet;
  /** Claimed here, and not given to the wire or up yet: each claim is good for one send. */
  readonly #unsent = new Set<OrderId>();

  constructor(parts: OrderExecutorParts) {
    this.#parts = parts;
    this.#sends = new TaskSet(parts.log);
  }

  /** There may be intents to claim. */
  wake(): void {
    this.#awake.set();
  }

  /** Works until `signal` aborts, then waits for the answers under way. */
  async run(signal: AbortSignal): Promise<void> {
    while (await this.#awake.wait(signal)) {
      try {
        await this.#drain(signal);
      } catch (err) {
        // The intents stay; the next wake-up or the poll comes back to them.
        this.#parts.log.error({ err }, "intents could not be claimed");
      }
    }
    await this.#sends.idle();
  }

  async #drain(signal: AbortSignal): Promise<void> {
    const { db, accountId, client, lease } = this.#parts;
    for (const intent of await orders.listByState(db, ["INTENT"], accountId)) {
      if (signal.aborted || client() === null || !lease.isHeld()) return;
      const claimed = await this.#claim(intent.id);
      if (claimed !== null) this.#sends.add(`send ${claimed.id}`, this.#send(claimed));
    }
  }

  /** TX2. Null: it is not ours to send (any more). */
  async #claim(orderId: OrderId): Promise<OrderRow | null> {
    const { db, clock, journal, lease } = this.#parts;
    const row = await db.transaction(async (tx) => {
      const claimed = await orders.claimForSending(tx, { orderId, now: clock.now(), epoch: lease.epoch });
      if (claimed === null) return null;
      await journal.tell(tx, claimed, { message: "Sending to the broker", action: "order.sending", userId: null });
      return claimed;
    });
    if (row === null) return null;
    this.#unsent.add(row.id);
    journal.announce(row.userId);
    return row;
  }

  /** Nothing may be awaited between the last checks and the write. */
  async #send(row: OrderRow): Promise<void> {
    const { clock, lease, inFlight, updates, client } = this.#parts;
    const broker = client();
    const isClaimed = this.#unsent.delete(row.id);
    if (broker === null || !lease.isHeld() || !isClaimed) {
      await updates.run(() => this.#lose(row.id, "OUTCOME_UNKNOWN", "The connection was lost before it was sent"));
      return;
    }
    using _underWay = inFlight.begin(row.id);
    const sentAt = clock.now();
    const answer = await this.#ask(broker, row);
    await updates.run(() => this.#settle(row.id, answer, sentAt));
  }

  async #ask(broker: BrokerClient, row: OrderRow): Promise<Answer> {
    const { clock } = this.#parts;
    try {
      const send = (signal: AbortSignal) => broker.placeOrder(toOrderRequest(row), { signal });
      return { kind: "taken", response: await withTimeout(clock, SEND_TIMEOUT_MS, send) };
    } catch (error) {
      // "Must be unique" means that the first one landed: it is looked up and adopted, never refused.
      const isRefusal = error instanceof BrokerError && error.outcome === "refused" && error.code !== "DUPLICATE_ORDER";
      return isRefusal ? { kind: "refused", error } : { kind: "unknown", error };
    }
  }

  /** TX3. */
  async #settle(orderId: OrderId, answer: Answer, sentAt: number): Promise<void> {
    const { journal, clock } = this.#parts;
    switch (answer.kind) {
      case "taken": {
        const venueOrderId = answer.response.orderId;
        await journal.record(orderId, (row) =>
          // An update may have been quicker than the answer.
          row.venueOrderId !== null && row.state !== "SENDING" && row.state !== "UNKNOWN"
            ? null
            : {
                event: "accept",
                message: "Working at the broker",
                action: "order.acknowledged",
                userId: null,
                changes: { venueOrderId, sentAt, acknowledgedAt: clock.now(), reason: null },
              },
        );
        return;
      }
      case "refused": {
        const { code, message, details } = answer.error;
        await journal.record(orderId, () => ({
          event: "reject",
          message: `Rejected by the broker: ${message}`,
          action: "order.rejected",
          userId: null,
          changes: { sentAt, reason: { code, message, params: details } },
        }));
        return;
      }
      case "unknown": {
        const { error } = answer;
        this.#parts.log.warn({ err: error, orderId }, "an order's outcome is unknown");
        const code = error instanceof BrokerError ? error.code : "OUTCOME_UNKNOWN";
        const why = error instanceof BrokerError ? error.message : "the broker's answer could not be read";
        await this.#lose(orderId, code, `No answer: ${why}. Looking for it at the broker`, sentAt);
        return;
      }
    }
  }

  async #lose(orderId: OrderId, code: string, message: string, sentAt?: number): Promise<void> {
    const row = await this.#parts.journal.record(orderId, (current) =>
      current.state === "SENDING"
        ? {
            event: "lose",
            message,
            action: "order.unknown",
            userId: null,
            changes: { reason: { code, message, params: {} }, ...(sentAt === undefined ? {} : { sentAt }) },
          }
        : null,
    );
    if (row?.state === "UNKNOWN") this.#parts.onUnknown();
  }
}
