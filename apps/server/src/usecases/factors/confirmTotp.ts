import { secondFactors, sessions, users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { giveRecoveryCodes } from "./recoveryCodes.ts";
import { takeAppCode } from "./takeCode.ts";

/**
 * The app shows its first code: from now on one is asked for. @returns the recovery codes, which are shown this once
 * @throws DeskError BAD_CREDENTIALS, FACTOR_ENROLLED
 */
export async function confirmTotp(desk: Desk, actor: Actor, code: string): Promise<readonly string[]> {
  const { id, username } = actor.user;
  desk.rateLimiter.take("secondFactor", id);
  const factor = await secondFactors.findTotp(desk.db, id);
  if (factor !== null && factor.confirmedAt !== null) {
    throw new DeskError("FACTOR_ENROLLED", "An authenticator app is enrolled already.");
  }
  if (!(await takeAppCode(desk, id, code))) {
    const problem = "is not what the app shows now for this key";
    throw new DeskError("BAD_CREDENTIALS", `The code ${problem}.`, {
      issues: [{ code: "BAD_CREDENTIALS", field: "code", message: problem, params: {} }],
    });
  }
  const codes = await desk.db.transaction(async (tx) => {
    await users.lock(tx, id);
    await secondFactors.confirmTotp(tx, id, desk.clock.now());
    // Elsewhere the password was enough until now.
    await sessions.voidProofs(tx, id, actor.sessionId);
    const given = await giveRecoveryCodes(tx, id);
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "totp.enrolled",
      subject: id,
      mode: null,
      message: `${username} enrolled an authenticator app; ${given.length} recovery codes were made`,
    });
    return given;
  });
  desk.rateLimiter.giveBack("secondFactor", id);
  return codes;
}
