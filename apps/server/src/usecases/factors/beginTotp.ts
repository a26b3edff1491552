import { secondFactors } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { newTotpSecret, totpAddress } from "../../auth/totp.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { TotpEnrolment } from "../../wire/factors.ts";
import { requireProof } from "../auth/requireProof.ts";
import { sealTotp } from "./sealTotp.ts";

/**
 * A new secret for the person's app, in place of one that was begun before; nothing asks for it until a first code has
 * confirmed it. @throws DeskError STEP_UP_REQUIRED, FACTOR_ENROLLED
 */
export async function beginTotp(desk: Desk, actor: Actor): Promise<TotpEnrolment> {
  await requireProof(desk, actor);
  const { id, username } = actor.user;
  const secret = newTotpSecret();
  const before = await secondFactors.findTotp(desk.db, id);
  const version = (before?.version ?? 0) + 1;
  const envelope = await sealTotp(desk.vault, { userId: id, version }, secret);
  await desk.db.transaction(async (tx) => {
    const begun = await secondFactors.beginTotp(tx, { userId: id, version, envelope, createdAt: desk.clock.now() });
    if (!begun) throw new DeskError("FACTOR_ENROLLED", "An authenticator app is enrolled already.");
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "totp.begun",
      subject: id,
      mode: null,
      message: `${username} began to enrol an authenticator app`,
    });
  });
  return { secret, address: totpAddress(secret, username) };
}
