import type { OrderId, UserId } from "@trenddojo/brokers/domain";
import { orders, type Db, type OrderRow } from "@trenddojo/db";
import type { Clock } from "@trenddojo/brokers/domain";
import { Latch } from "../lib/Latch.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";

/** An answer is waited for this long; then the order is shown as it stands, and the event stream tells the rest. */
const ANSWER_MS = 2_000;

/**
 * The order once `isOver` holds of it, or as it stands after 2 s. The rows are the truth; hints only shorten the wait.
 * @throws Error for an order that does not exist.
 */
export async function waitForOrder(
  { db, bus, clock }: { readonly db: Db; readonly bus: TickBus; readonly clock: Clock },
  userId: UserId,
  orderId: OrderId,
  isOver: (row: OrderRow) => boolean,
): Promise<OrderRow> {
  const changed = new Latch(true);
  const timeout = new AbortController();
  const unsubscribe = bus.subscribe(subjects.order(orderId), () => changed.set());
  using _timer = clock.setTimer(ANSWER_MS, () => timeout.abort());
  try {
    for (;;) {
      const goesOn = await changed.wait(timeout.signal);
      const row = await orders.find(db, userId, orderId);
      if (row === null) throw new Error(`order ${orderId} vanished`);
      if (isOver(row) || !goesOn) return row;
    }
  } finally {
    unsubscribe();
  }
}
