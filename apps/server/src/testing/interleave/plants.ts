import { venueOrderId, type AccountId, type Clock, type UserId } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import type { OrderJournal } from "../../orders/OrderJournal.ts";
import type { FakeClient } from "./FakeBroker.ts";

interface Books {
  readonly db: Db;
  readonly journal: OrderJournal;
  readonly account: AccountRow;
}

/**
 * Faults of our own, which `interleave` has to find.
 *
 * - `no_validity` an intent goes out however late it is
 * - `back_to_intent` what a crash caught in the act of being sent is an intent again, and sent without a question
 * - `believed_cancel` a cancel that was asked for counts as done, whatever the broker says
 * - `old_lives_on` a replacement is an order beside the one that it replaces
 * - `unheeded_halt` the halt is written down, and trading stays active
 * - `untold_halt` what was claimed before the halt goes out after it
 */
export const PLANTS = [
  "no_validity",
  "back_to_intent",
  "believed_cancel",
  "old_lives_on",
  "unheeded_halt",
  "untold_halt",
] as const;
export type Plant = (typeof PLANTS)[number];

/** Time goes on, and nothing is ever too late. */
export function withoutValidity(clock: Clock): Clock {
  const bornAt = clock.now();
  return {
    now: () => bornAt,
    monotonic: () => clock.monotonic(),
    sleep: (delayMs, options) => clock.sleep(delayMs, options),
    setTimer: (delayMs, callback) => clock.setTimer(delayMs, callback),
  };
}

/** SENDING → INTENT, its claim forgotten, past the guard of the store. */
export async function backToIntent(db: Db, accountId: AccountId): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute("set local session_replication_role = replica");
    const forgotten = sql`state = 'INTENT', claimed_at = null, owner_epoch = null`;
    await tx.execute(sql`update orders set ${forgotten} where state = 'SENDING' and account_id = ${accountId}`);
  });
}

/** A cancel that the broker refused, or never answered, is booked as done. */
export function believingCancels(client: FakeClient, { db, journal, account }: Books): FakeClient {
  const message = "Canceled";
  return {
    ...client,
    cancelOrder: async (id, options) => {
      await client.cancelOrder(id, options).catch(() => true);
      const row = await orders.findByVenueOrderId(db, account.id, venueOrderId(id));
      if (row === null) return true;
      await journal.record(row.id, ({ state }) =>
        state === "PENDING_CANCEL" ? { event: "cancel", message, action: "order.canceled", userId: null } : null,
      );
      return true;
    },
  };
}

/** HALTED → ACTIVE, past the switch. */
export async function unheedHalt(db: Db, userId: UserId): Promise<void> {
  await db.execute(sql`update trading_states set state = 'ACTIVE' where user_id = ${userId}`);
}
