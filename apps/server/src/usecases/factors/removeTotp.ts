import { secondFactors } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { requireProof } from "../auth/requireProof.ts";
import { dropSpareCodes } from "./recoveryCodes.ts";

/** Of who has no passkey either the password alone signs in again. @throws DeskError STEP_UP_REQUIRED, NOT_FOUND */
export async function removeTotp(desk: Desk, actor: Actor): Promise<void> {
  await requireProof(desk, actor);
  await desk.db.transaction(async (tx) => {
    if (!(await secondFactors.removeTotp(tx, actor.user.id))) throw notFound("authenticator app");
    await dropSpareCodes(tx, actor.user.id);
    await desk.audit.append(tx, {
      chain: chains.user(actor.user.id),
      userId: actor.user.id,
      action: "totp.removed",
      subject: actor.user.id,
      mode: null,
      message: `${actor.user.username} removed the authenticator app`,
    });
  });
}
