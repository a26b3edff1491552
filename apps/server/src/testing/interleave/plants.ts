import type { AccountId, Clock } from "@trenddojo/brokers/domain";
import type { Db } from "@trenddojo/db";
import { sql } from "drizzle-orm";

/**
 * Faults of our own, which `interleave` has to find. `no_validity`: an intent goes out however late it is;
 * `back_to_intent`: what a crash caught in the act of being sent is an intent again, and sent without a question.
 */
export const PLANTS = ["no_validity", "back_to_intent"] as const;
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
