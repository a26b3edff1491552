import { passkeys, type PasskeyRow } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { PasskeyUse } from "../../auth/PasskeyChallenges.ts";
import type { PasskeySite } from "../../auth/passkeySite.ts";
import { readAssertion } from "../../auth/webAuthn.ts";
import type { Desk } from "../../Desk.ts";
import type { PasskeyAssertion } from "../../wire/passkeys.ts";
import { refusePasskey } from "./refusePasskey.ts";

interface ShownPasskey {
  readonly site: PasskeySite;
  readonly use: PasskeyUse;
  readonly assertion: PasskeyAssertion;
  readonly passkey: PasskeyRow;
  /** Whose it is. */
  readonly user: Pick<Actor["user"], "id" | "username">;
  readonly address: string;
}

/**
 * Uses up one answer of a passkey, which has asked its person for a PIN, a finger or a face. A counter that has not grown
 * is refused: two authenticators have the key then. @throws DeskError PASSKEY_REFUSED
 */
export async function takePasskey(
  desk: Desk,
  { site, use, assertion, passkey, user, address }: ShownPasskey,
): Promise<void> {
  const { purpose } = use;
  const redeem = (challenge: string) => desk.passkeyChallenges.redeem(challenge, use);
  const signCount = await readAssertion({ site, redeem }, passkey, assertion);
  if (typeof signCount === "string") return refusePasskey(desk, { user, purpose, reason: signCount, address });
  const at = desk.clock.now();
  if (await passkeys.use(desk.db, { id: passkey.id, signCount, at })) return;
  await refusePasskey(desk, { user, purpose, reason: "counter", address });
}
