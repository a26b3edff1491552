import { passkeys } from "@trenddojo/db";
import { foldUsername } from "../../auth/foldUsername.ts";
import { passkeySite } from "../../auth/passkeySite.ts";
import type { SessionOrigin } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import type { PasskeyAssertion } from "../../wire/passkeys.ts";
import { refusePasskey } from "../passkeys/refusePasskey.ts";
import { takePasskey } from "../passkeys/takePasskey.ts";
import { readFactorMark } from "./Standing.ts";
import { startSession, type StartedSession } from "./startSession.ts";

/** Whose strangers' passkeys are, for the limits on guesses: no name has a space. */
const NOBODY = "nobody here";

/**
 * Opens a session without a name or a password: the passkey is in the person's hands and has asked for a PIN, a finger or
 * a face. An unknown one gets the same answer as one that proves nothing, and is held back as a guess is.
 * @throws DeskError PASSKEYS_UNAVAILABLE, PASSKEY_REFUSED, TOO_MANY_REQUESTS
 */
export async function signInByPasskey(
  desk: Desk,
  caller: SessionOrigin & { readonly origin: string | null },
  assertion: PasskeyAssertion,
): Promise<StartedSession> {
  const { origin, address } = caller;
  const site = passkeySite(origin);
  const found = await passkeys.findWithUser(desk.db, assertion.id);
  const guess = desk.guesses.begin(found === null ? NOBODY : foldUsername(found.user.username), address);
  const use = { purpose: "sign_in" } as const;
  if (found === null) return refusePasskey(desk, { user: null, purpose: use.purpose, reason: "unknown", address });
  const standing = { user: found.user, factors: await readFactorMark(desk.db, found.user.id) };
  await takePasskey(desk, { site, use, assertion, ...found, address });
  guess.succeeded();
  return startSession(desk, standing, caller, "passkey");
}
