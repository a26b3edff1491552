import { formatFixed } from "@trenddojo/brokers/domain";
import type { JournalOrder } from "../SimulatorJournal.ts";
import { takenOrderJson } from "../wire/orderJson.ts";
import type { OrderLedger } from "./OrderLedger.ts";
import type { TradeUpdate } from "./TradeUpdate.ts";

/** What a diary says of an order; whose account it is of, and when, its reader adds. */
export type DiaryEntry = Omit<JournalOrder, "kind" | "at" | "key" | "account">;

/** Tells the journal what became of an account's orders, once that is kept. */
export class OrderDiary {
  readonly #ledger: OrderLedger;
  readonly #record: (entry: DiaryEntry) => void;
  #updates: TradeUpdate[] = [];
  #known = 0;

  constructor(ledger: OrderLedger, record: (entry: DiaryEntry) => void) {
    this.#ledger = ledger;
    this.#record = record;
  }

  /** The orders of an earlier life were told in it. */
  skipKnown(): void {
    this.#known = this.#ledger.orders.length;
  }

  note(update: TradeUpdate): void {
    this.#updates.push(update);
  }

  /** Tells of what is new since the last time: first the orders, then what happened to them and to others. */
  write(): void {
    for (const order of this.#ledger.orders.slice(this.#known)) {
      const { id, clientOrderId } = order;
      this.#record({ event: "taken", id, clientOrderId, order: takenOrderJson(order) });
    }
    this.#known = this.#ledger.orders.length;
    const updates = this.#updates;
    this.#updates = [];
    for (const { event, orderId, clientOrderId, order, executionId, execution } of updates) {
      const told = { event, id: orderId, clientOrderId, order };
      if (execution === null) this.#record(told);
      else {
        const [qty, price] = [formatFixed(execution.qty), formatFixed(execution.price)];
        this.#record({ ...told, execution: { id: executionId, qty, price } });
      }
    }
  }
}
