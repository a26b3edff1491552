import { passkeys, sessions } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { passkeySite } from "../../auth/passkeySite.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { stepUpInput } from "../../wire/factors.ts";
import type { PasskeyAssertion } from "../../wire/passkeys.ts";
import { hasSecondFactor } from "../factors/hasSecondFactor.ts";
import { takeCode } from "../factors/takeCode.ts";
import { refusePasskey } from "../passkeys/refusePasskey.ts";
import { takePasskey } from "../passkeys/takePasskey.ts";
import { confirmPassword } from "./confirmPassword.ts";
import { holdStanding, readStanding } from "./Standing.ts";
import { refuseCode } from "./refuseCode.ts";

/** Where a proof came from: the page's Origin and the network address. */
interface Caller {
  readonly origin: string | null;
  readonly address: string;
}

/**
 * Gives the session a proof that its person is there, good for five minutes: a passkey, a code of the app, or the password
 * of who has no second factor.
 * @throws DeskError SECOND_FACTOR_REQUIRED, BAD_CREDENTIALS, PASSKEY_REFUSED, PASSKEYS_UNAVAILABLE, TOO_MANY_REQUESTS
 */
export async function stepUp(
  desk: Desk,
  actor: Actor,
  caller: Caller,
  input: z.infer<typeof stepUpInput>,
): Promise<void> {
  const { id, username } = actor.user;
  const judged = await readStanding(desk.db, id);
  const by = await prove(desk, actor, caller, input);
  await desk.db.transaction(async (tx) => {
    if (judged === null || (await holdStanding(tx, judged)) === null)
      throw new DeskError(
        "BAD_CREDENTIALS",
        "What proves that it is you was changed at this very moment; confirm again.",
      );
    await sessions.setProven(tx, actor.sessionId, desk.clock.now());
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "session.stepped_up",
      subject: actor.sessionId,
      mode: null,
      message: `${username} confirmed that it is them, by ${by}`,
      details: { address: caller.address, by },
    });
  });
}

async function prove(
  desk: Desk,
  actor: Actor,
  caller: Caller,
  { password, code, passkey }: z.infer<typeof stepUpInput>,
): Promise<string> {
  const { address } = caller;
  if (passkey !== undefined) return proveByPasskey(desk, actor, caller, passkey);
  if (!(await hasSecondFactor(desk.db, actor.user.id))) {
    await confirmPassword(desk, actor, { password: password ?? "", address });
    return "password";
  }
  if (code === undefined) throw new DeskError("SECOND_FACTOR_REQUIRED", "Your second factor is wanted.");
  return refuseCode(desk, { user: actor.user, address }, () => takeCode(desk, actor.user.id, code));
}

async function proveByPasskey(
  desk: Desk,
  { user, sessionId }: Actor,
  { origin, address }: Caller,
  assertion: PasskeyAssertion,
): Promise<"passkey"> {
  const site = passkeySite(origin);
  desk.rateLimiter.take("secondFactor", user.id);
  const found = await passkeys.findWithUser(desk.db, assertion.id);
  const use = { purpose: "step_up", sessionId } as const;
  if (found?.user.id !== user.id)
    return refusePasskey(desk, { user, purpose: use.purpose, reason: "unknown", address });
  await takePasskey(desk, { site, use, assertion, passkey: found.passkey, user, address });
  desk.rateLimiter.giveBack("secondFactor", user.id);
  return "passkey";
}
