import type { Clock, OrderId, UserId } from "@trenddojo/brokers/domain";
import { orders, type Db, type OrderRow } from "@trenddojo/db";
import { Latch } from "../lib/Latch.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import type { OrderJournal } from "./OrderJournal.ts";

/** An answer is waited for this long; then the order is shown as it stands, and the event stream tells the rest. */
const ANSWER_MS = 2_000;

interface Parts {
  readonly db: Db;
  readonly bus: TickBus;
  readonly clock: Clock;
  readonly journal: Pick<OrderJournal, "follow">;
}

/** What is waited for. */
interface Waited {
  readonly userId: UserId;
  readonly orderId: OrderId;
  readonly isOver: (row: OrderRow) => boolean;
  /** It was stored a moment ago and nobody has been told of it, so it need not be looked at first. @default false */
  readonly isNew?: boolean;
}

/**
 * The order once `isOver` holds of it, or as it stands after 2 s. The rows are the truth; hints only shorten the wait, and
 * what this process commits need not be read again.
 * @throws Error for an order that does not exist.
 */
export async function waitForOrder(
  { db, bus, clock, journal }: Parts,
  { userId, orderId, isOver, isNew = false }: Waited,
): Promise<OrderRow> {
  const changed = new Latch(!isNew);
  const timeout = new AbortController();
  let committed: OrderRow | null = null;
  const unfollow = journal.follow(orderId, (row) => {
    committed = row;
    changed.set();
  });
  const unsubscribe = bus.subscribe(subjects.order(orderId), () => changed.set());
  using _timer = clock.setTimer(ANSWER_MS, () => timeout.abort());
  try {
    for (;;) {
      const goesOn = await changed.wait(timeout.signal);
      const row = committed ?? (await orders.find(db, userId, orderId));
      committed = null;
      if (row === null) throw new Error(`order ${orderId} vanished`);
      if (isOver(row) || !goesOn) return row;
    }
  } finally {
    unfollow();
    unsubscribe();
  }
}
