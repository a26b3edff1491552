import { passkeys } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { requireProof } from "../auth/requireProof.ts";
import { dropSpareCodes } from "../factors/recoveryCodes.ts";

/** One of the person's own; the recovery codes go with the last second factor. @throws DeskError STEP_UP_REQUIRED, NOT_FOUND */
export async function removePasskey(desk: Desk, actor: Actor, id: string): Promise<void> {
  await requireProof(desk, actor);
  const { user } = actor;
  await desk.db.transaction(async (tx) => {
    const name = await passkeys.remove(tx, user.id, id);
    if (name === null) throw notFound("passkey");
    await dropSpareCodes(tx, user.id);
    await desk.audit.append(tx, {
      chain: chains.user(user.id),
      userId: user.id,
      action: "passkey.removed",
      subject: id,
      mode: null,
      message: `${user.username} removed the passkey ${name}`,
      details: { name },
    });
  });
}
