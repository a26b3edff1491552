import type { UserId } from "@trenddojo/brokers/domain";
import { passkeys, secondFactors, type Executor } from "@trenddojo/db";

/** Whether the person has an app that has shown a first code. */
export async function hasApp(db: Executor, userId: UserId): Promise<boolean> {
  const factor = await secondFactors.findTotp(db, userId);
  return factor !== null && factor.confirmedAt !== null;
}

/** Whether the password alone proves nothing of this person any more: there is an app, or a passkey. */
export async function hasSecondFactor(db: Executor, userId: UserId): Promise<boolean> {
  return (await hasApp(db, userId)) || (await passkeys.countByUser(db, userId)) > 0;
}
