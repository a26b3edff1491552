import { sessions } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { stepUpInput } from "../../wire/factors.ts";
import { hasSecondFactor, takeCode } from "../factors/takeCode.ts";
import { confirmPassword } from "./confirmPassword.ts";
import { refuseCode } from "./refuseCode.ts";

/**
 * Gives the session a proof that its person is there, good for five minutes: a code of the app, or the password of who
 * has no second factor. @throws DeskError SECOND_FACTOR_REQUIRED, BAD_CREDENTIALS, TOO_MANY_REQUESTS
 */
export async function stepUp(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof stepUpInput>,
  address: string,
): Promise<void> {
  const { id, username } = actor.user;
  const by = await prove(desk, actor, input, address);
  await desk.db.transaction(async (tx) => {
    await sessions.setProven(tx, actor.sessionId, desk.clock.now());
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "session.stepped_up",
      subject: actor.sessionId,
      mode: null,
      message: `${username} confirmed that it is them, by ${by}`,
      details: { address, by },
    });
  });
}

async function prove(
  desk: Desk,
  actor: Actor,
  { password, code }: z.infer<typeof stepUpInput>,
  address: string,
): Promise<string> {
  if (!(await hasSecondFactor(desk, actor.user.id))) {
    await confirmPassword(desk, actor, { password: password ?? "", address });
    return "password";
  }
  if (code === undefined) throw new DeskError("SECOND_FACTOR_REQUIRED", "A code of your authenticator app is wanted.");
  return refuseCode(desk, { user: actor.user, address }, () => takeCode(desk, actor.user.id, code));
}
