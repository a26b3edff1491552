import { isUniqueViolation, passkeys, sessions, users } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { passkeySite } from "../../auth/passkeySite.ts";
import { readAttestation } from "../../auth/webAuthn.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { registeredPasskey, registerPasskeyInput } from "../../wire/passkeys.ts";
import { requireProof } from "../auth/requireProof.ts";
import { hasSecondFactor } from "../factors/hasSecondFactor.ts";
import { giveRecoveryCodes } from "../factors/recoveryCodes.ts";
import { passkeyView } from "./passkeyView.ts";
import { refusePasskey } from "./refusePasskey.ts";

/**
 * Takes the browser's answer: from now on the passkey signs in, and the password alone does not. Where it is the person's
 * first second factor, recovery codes come with it, shown this once.
 * @throws DeskError PASSKEYS_UNAVAILABLE, STEP_UP_REQUIRED, PASSKEY_REFUSED, FACTOR_ENROLLED
 */
export async function registerPasskey(
  desk: Desk,
  actor: Actor,
  caller: { readonly origin: string | null; readonly address: string },
  { name, attestation }: z.infer<typeof registerPasskeyInput>,
): Promise<z.infer<typeof registeredPasskey>> {
  const site = passkeySite(caller.origin);
  await requireProof(desk, actor);
  const { user, sessionId } = actor;
  const use = { purpose: "register", sessionId } as const;
  const redeem = (challenge: string) => desk.passkeyChallenges.redeem(challenge, use);
  const made = await readAttestation({ site, redeem }, attestation);
  if (typeof made === "string") {
    const { purpose } = use;
    return refusePasskey(desk, { user, purpose, reason: made, address: caller.address });
  }
  const { transports = [] } = attestation.response;
  const row = { ...made, userId: user.id, rpId: site.rpId, transports, name, createdAt: desk.clock.now() };
  try {
    const recoveryCodes = await desk.db.transaction(async (tx) => {
      await users.lock(tx, user.id);
      const codes = (await hasSecondFactor(tx, user.id)) ? [] : await giveRecoveryCodes(tx, user.id);
      await passkeys.insert(tx, row);
      // Elsewhere something weaker may have been enough until now.
      await sessions.voidProofs(tx, user.id, sessionId);
      await desk.audit.append(tx, {
        chain: chains.user(user.id),
        userId: user.id,
        action: "passkey.added",
        subject: row.id,
        mode: null,
        message: `${user.username} added the passkey ${name} for ${site.rpId}; ${codes.length} recovery codes were made`,
        details: { name, site: site.rpId, address: caller.address },
      });
      return codes;
    });
    return { ...passkeyView({ ...row, lastUsedAt: null }), recoveryCodes: [...recoveryCodes] };
  } catch (error) {
    if (!isUniqueViolation(error, "passkeys_pkey")) throw error;
    throw new DeskError("FACTOR_ENROLLED", "This passkey is registered already.");
  }
}
