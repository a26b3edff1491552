import { users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import { foldUsername } from "../../auth/foldUsername.ts";
import type { SessionOrigin } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { takeCode } from "../factors/takeCode.ts";
import { refuseCode } from "./refuseCode.ts";
import { readFactorMark, type Standing } from "./Standing.ts";
import { startSession, type StartedSession } from "./startSession.ts";

/**
 * Checks the password and opens a session. An unknown name costs the same time and gets the same answer as a wrong
 * password. Guesses are limited by account and by address; a success costs nothing.
 * @throws DeskError BAD_CREDENTIALS, SECOND_FACTOR_REQUIRED once the password is right, TOO_MANY_REQUESTS
 */
export async function signIn(
  desk: Desk,
  origin: SessionOrigin,
  input: { readonly username: string; readonly password: string; readonly code?: string | undefined },
): Promise<StartedSession> {
  const account = foldUsername(input.username);
  const guess = desk.guesses.begin(account, origin.address);
  const user = await users.findByUsername(desk.db, account);
  if (!(await desk.passwords.verify(user?.passwordHash ?? null, input.password)) || user === null) {
    await desk.db.transaction((tx) =>
      desk.audit.append(tx, {
        chain: user === null ? chains.system : chains.user(user.id),
        userId: user?.id ?? null,
        action: "session.refused",
        subject: user?.id ?? null,
        mode: null,
        // The name may be a password typed into the wrong field: of a stranger it is not written down.
        message: user === null ? "A sign-in with an unknown name was refused" : `A wrong password for ${user.username}`,
        details: { address: origin.address },
      }),
    );
    throw new DeskError("BAD_CREDENTIALS", "The name or the password is wrong.");
  }
  const standing = { user, factors: await readFactorMark(desk.db, user.id) };
  const factor = await checkSecondFactor(desk, standing, input.code, origin.address);
  guess.succeeded();
  return startSession(desk, standing, origin, factor);
}

/** @returns what was shown beside the password */
async function checkSecondFactor(
  desk: Desk,
  { user, factors }: Standing,
  code: string | undefined,
  address: string,
): Promise<"none" | "app" | "recovery"> {
  if (factors === "") return "none";
  if (code === undefined) throw new DeskError("SECOND_FACTOR_REQUIRED", "Your second factor is wanted.");
  return refuseCode(desk, { user, address }, () => takeCode(desk, user.id, code));
}
