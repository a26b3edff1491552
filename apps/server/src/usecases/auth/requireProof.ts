import { sessions, type Executor } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";

/** How long one proof of the person lasts, for all that wants one. */
const PROOF_MS = 5 * 60_000;

/** Whether the session's person has shown more than the open browser in the last five minutes. */
async function hasProof(desk: Desk, actor: Actor, db: Executor): Promise<boolean> {
  const found = await sessions.findWithUser(db, actor.sessionId);
  const provenAt = found?.session.provenAt ?? null;
  return provenAt !== null && desk.clock.now() - provenAt < PROOF_MS;
}

/** @throws DeskError STEP_UP_REQUIRED */
export async function requireProof(desk: Desk, actor: Actor, db: Executor = desk.db): Promise<void> {
  if (await hasProof(desk, actor, db)) return;
  throw new DeskError("STEP_UP_REQUIRED", "This wants a proof that it is you, at most 5 minutes old.");
}
