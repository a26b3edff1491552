import type { BrokerClient, CallOptions } from "@trenddojo/brokers";
import type { AccountEvent, Clock, ConnectionStatus, OrderUpdateEvent } from "@trenddojo/brokers/domain";
import type { Logger } from "pino";
import type { AccountEvents } from "../connections/AccountEvents.ts";
import type { BrokerCalls } from "../connections/BrokerCalls.ts";
import { KeyedQueue } from "../lib/KeyedQueue.ts";
import type { SerialQueue } from "../lib/SerialQueue.ts";
import type { TaskSet } from "../lib/TaskSet.ts";
import type { BrokerUpdates } from "../orders/BrokerUpdates.ts";
import type { OrderRecorder } from "../orders/OrderJournal.ts";

export interface BrokerEventsParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly tasks: TaskSet;
  readonly calls: BrokerCalls;
  /** The account's queue. */
  readonly updates: SerialQueue;
  readonly orders: BrokerUpdates;
  readonly account: AccountEvents;
  /** Where an update is written that was told while the order stream was down since then. */
  readonly catchingUp: (event: OrderUpdateEvent, downSince: number) => OrderRecorder;
  /** Something was pushed of the order with this id at the broker. */
  readonly onPushed: (orderId: string) => void;
  readonly onApplied: () => void;
  /** An update was not applied: everything is to be compared anew. */
  readonly onLost: () => void;
}

/** What is needed of a broker to hear it. */
export type Pushing = Pick<BrokerClient, "subscribeToOrderUpdates" | "subscribeToAccountEvents"> & {
  getConnectionStatus(): Pick<ConnectionStatus, "channels">;
};

/**
 * What a broker pushes, in the account's queue and in the order of arrival; of many orders that change at once, each in its
 * own order and side by side, so that their steps share transactions. Dispose it with its connection.
 */
export class BrokerEvents implements Disposable {
  readonly #parts: BrokerEventsParts;
  /** Pushed and not applied yet, by the broker's order id. */
  readonly #arriving = new Map<string, number>();
  /** By the broker's order id. */
  readonly #besides = new KeyedQueue();
  #endUpdates: (() => void) | null = null;
  #endAccountEvents: (() => void) | null = null;
  #subscribing: Promise<void> | null = null;
  #isOver = false;

  constructor(parts: BrokerEventsParts) {
    this.#parts = parts;
  }

  /** The orders of which updates wait in the queue, by the broker's ids. */
  arriving(): ReadonlySet<string> {
    return new Set(this.#arriving.keys());
  }

  /** Does nothing where it listens already. @throws BrokerError */
  subscribe(client: Pushing): Promise<void> {
    this.#subscribing ??= this.#subscribe(client).finally(() => {
      this.#subscribing = null;
    });
    return this.#subscribing;
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#endUpdates?.();
    this.#endAccountEvents?.();
    this.#parts.orders[Symbol.dispose]();
  }

  async #subscribe(client: Pushing): Promise<void> {
    this.#endUpdates ??= await this.#listen((options) =>
      client.subscribeToOrderUpdates((event) => this.#onUpdate(client, event), options),
    );
    this.#endAccountEvents ??= await this.#listen((options) =>
      client.subscribeToAccountEvents(0, (event) => this.#onAccountEvent(event), options),
    );
  }

  /** Ends the subscription whose answer comes when nobody waits for it any more. */
  async #listen(ask: (options: CallOptions) => Promise<() => void>): Promise<() => void> {
    let isWanted = true;
    try {
      return await this.#parts.calls.ask(async (options) => {
        const end = await ask(options);
        if (!isWanted || this.#isOver) end();
        return end;
      });
    } catch (error) {
      isWanted = false;
      throw error;
    }
  }

  /** Books what is pushed of orders that the desk knows. */
  #onUpdate(client: Pushing, event: OrderUpdateEvent): void {
    const { updates, orders, log, tasks, onPushed, onApplied, onLost, catchingUp } = this.#parts;
    const { orderId } = event.order;
    onPushed(orderId);
    const downSince = streamDownSince(client);
    const recorder = downSince === null ? undefined : catchingUp(event, downSince);
    this.#arriving.set(orderId, (this.#arriving.get(orderId) ?? 0) + 1);
    const apply = async (): Promise<void> => {
      try {
        await orders.apply(event, recorder);
      } finally {
        this.#applied(orderId);
      }
    };
    const isApart = recorder === undefined && touchesOnlyItself(event);
    const applied = isApart ? updates.runBeside(() => this.#besides.run(orderId, apply)) : updates.run(apply);
    const doubted = applied.then(onApplied, (err: unknown) => {
      log.error({ err }, "an order update was not applied: reconciling");
      onLost();
    });
    tasks.add("apply an order update", doubted);
  }

  #applied(orderId: string): void {
    const left = (this.#arriving.get(orderId) ?? 0) - 1;
    if (left > 0) this.#arriving.set(orderId, left);
    else this.#arriving.delete(orderId);
  }

  /** What was not written is told again by the next subscription, with the next reconciliation. */
  #onAccountEvent(event: AccountEvent): void {
    const { updates, account, log, tasks, onApplied } = this.#parts;
    const written = updates.run(() => account.write(event));
    const doubted = written.then(onApplied, (err: unknown) => {
      log.error({ err }, "an account event was not written: asking for it again");
      this.#endAccountEvents?.();
      this.#endAccountEvents = null;
    });
    tasks.add("write an account event", doubted);
  }
}

/** Executions are the account's too, and the orders of a group are locked together. */
function touchesOnlyItself({ type, order }: OrderUpdateEvent): boolean {
  return type === "order" && order.group === undefined;
}

/** When the order stream was last heard, where it is down or catching up; null while it is sound or has never been heard. */
function streamDownSince(client: Pushing): number | null {
  const status = client.getConnectionStatus();
  return isHeard(status) ? null : status.channels.orders.lastEvidenceAt;
}

/** What happens to orders is told by the broker itself, or nothing of this broker's is told so. */
export function isHeard({ channels: { orders } }: Pick<ConnectionStatus, "channels">): boolean {
  return orders.state === "up" || orders.state === "unused";
}
