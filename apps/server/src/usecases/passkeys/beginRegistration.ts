import { passkeys } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import { passkeySite } from "../../auth/passkeySite.ts";
import { creationOptions } from "../../auth/webAuthn.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { PasskeyCreation } from "../../wire/passkeys.ts";
import { requireProof } from "../auth/requireProof.ts";

/** Passkeys of one person. */
const MAX_PASSKEYS = 20;

/**
 * What the browser is asked to make a passkey of; the answer is taken once, within 60 s and from this session.
 * @param page the Origin of the page that asks
 * @throws DeskError PASSKEYS_UNAVAILABLE, STEP_UP_REQUIRED, INVALID_INPUT where there are 20
 */
export async function beginRegistration(desk: Desk, actor: Actor, page: string | null): Promise<PasskeyCreation> {
  const site = passkeySite(page);
  await requireProof(desk, actor);
  const held = await passkeys.listByUser(desk.db, actor.user.id);
  if (held.length >= MAX_PASSKEYS)
    throw new DeskError("INVALID_INPUT", `You have ${MAX_PASSKEYS} passkeys; remove one that is not used.`);
  const challenge = desk.passkeyChallenges.issue({ purpose: "register", sessionId: actor.sessionId });
  return creationOptions(site, actor.user, challenge, held);
}
