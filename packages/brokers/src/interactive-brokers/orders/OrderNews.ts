import { price, quantity, type Fixed } from "../../domain/decimal.ts";
import type { Order, OrderUpdateEvent } from "../../domain/order.ts";
import type { ExecutionLedger } from "./ExecutionLedger.ts";
import type { OrderRecord } from "./OrderRecord.ts";

export interface OrderNewsOptions {
  readonly ledger: ExecutionLedger;
  readonly onUpdate: (event: OrderUpdateEvent) => void;
  readonly view: (record: OrderRecord) => Order | null;
  /** For waits. */
  readonly monotonic: () => number;
}

/** A commission follows its execution at once; a fill is told without it only where it does not. */
const FEES_MS = 2_000;

/** Tells each change of an order and each execution once; before `begin` it tells nothing. */
export class OrderNews {
  readonly #options: OrderNewsOptions;
  readonly #told = new Map<OrderRecord, string>();
  #hasBegun = false;

  constructor(options: OrderNewsOptions) {
    this.#options = options;
  }

  /** What is there by now was told to nobody, and is no news. */
  begin(records: readonly OrderRecord[]): void {
    this.#hasBegun = true;
    this.#options.ledger.markAllTold();
    for (const record of records) this.#told.set(record, fingerprint(this.#options.view(record)));
  }

  /** Its executions that can be told, oldest first, then what else of it has changed. @returns whether any was told */
  tell(record: OrderRecord): boolean {
    const { permId } = record;
    if (!this.#hasBegun || permId === null || record.terms === null) return false;
    const { ledger, onUpdate, monotonic } = this.#options;
    const before = monotonic() - FEES_MS;
    let hasFilled = false;
    for (let fill = ledger.nextUntold(permId, before); fill !== null; fill = ledger.nextUntold(permId, before)) {
      const order = this.#asTold(record);
      if (order === null) continue;
      hasFilled = true;
      this.#told.set(record, fingerprint(order));
      onUpdate({ type: "fill", order, fill });
    }
    this.tellOrder(record);
    return hasFilled;
  }

  /** Its terms and where it stands, where that is news. */
  tellOrder(record: OrderRecord): void {
    const order = this.#hasBegun ? this.#options.view(record) : null;
    // Filled shares are told with their executions, never before them.
    if (order === null || quantity(this.#toldOf(record)) !== order.filledQuantity) return;
    if (order.status === "pending_cancel" || order.status === "pending") {
      // What waits for an answer is no news: the answer will be.
      this.#told.delete(record);
      return;
    }
    const print = fingerprint(order);
    if (this.#told.get(record) === print) return;
    this.#told.set(record, print);
    this.#options.onUpdate({ type: "order", order });
  }

  forget(record: OrderRecord): void {
    this.#told.delete(record);
  }

  /** As it was with the executions that were told. */
  #asTold(record: OrderRecord): Order | null {
    const order = this.#options.view(record);
    const told = quantity(this.#toldOf(record));
    if (order === null || told === order.filledQuantity) return order;
    const average = record.unlisted > 0n ? null : this.#options.ledger.average(record.permId ?? 0, true);
    const averageFillPrice = average === null ? order.averageFillPrice : price(average);
    return { ...order, filledQuantity: told, averageFillPrice, status: "partially_filled" };
  }

  #toldOf({ permId, unlisted, takenBack }: OrderRecord): Fixed {
    return unlisted + takenBack + this.#options.ledger.told(permId ?? 0);
  }
}

/** What of an order is worth telling: the time of its last change alone is not. */
function fingerprint(order: Order | null): string {
  return order === null ? "" : JSON.stringify({ ...order, updatedAt: 0 });
}
