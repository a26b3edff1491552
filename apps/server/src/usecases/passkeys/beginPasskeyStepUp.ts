import { passkeys } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import { passkeySite } from "../../auth/passkeySite.ts";
import { requestOptions } from "../../auth/webAuthn.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { PasskeyRequest } from "../../wire/passkeys.ts";

/**
 * What the browser is asked, for auth.stepUp: any of the person's own passkeys of this site. The answer is taken once,
 * within 60 s and from this session. @param page the Origin of the page that asks. @throws DeskError PASSKEYS_UNAVAILABLE
 */
export async function beginPasskeyStepUp(desk: Desk, actor: Actor, page: string | null): Promise<PasskeyRequest> {
  const site = passkeySite(page);
  const held = (await passkeys.listByUser(desk.db, actor.user.id)).filter(({ rpId }) => rpId === site.rpId);
  if (held.length === 0)
    throw new DeskError("PASSKEYS_UNAVAILABLE", `You have no passkey for ${site.rpId}; prove it is you otherwise.`);
  const challenge = desk.passkeyChallenges.issue({ purpose: "step_up", sessionId: actor.sessionId });
  return requestOptions(site, challenge, held);
}
