import { passkeySite } from "../../auth/passkeySite.ts";
import { requestOptions } from "../../auth/webAuthn.ts";
import type { Desk } from "../../Desk.ts";
import type { PasskeyRequest } from "../../wire/passkeys.ts";

/**
 * What the browser is asked, whoever is in front of it: it tells nothing of the desk's people. The answer is taken once,
 * within 60 s. @param page the Origin of the page that asks. @throws DeskError PASSKEYS_UNAVAILABLE
 */
export function beginPasskeySignIn(desk: Desk, page: string | null): PasskeyRequest {
  return requestOptions(passkeySite(page), desk.passkeyChallenges.issue({ purpose: "sign_in" }), []);
}
