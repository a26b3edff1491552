import { users } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { foldUsername } from "../../auth/foldUsername.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";

/** What a person typed again, and where. */
export interface TypedPassword {
  readonly password: string;
  /** The caller's network address. */
  readonly address: string;
  /** What the caller calls it, for the form. @default password */
  readonly field?: "password" | "currentPassword";
}

/**
 * The person is there, and not only their open browser. Guessing is held back as at sign-in.
 * @returns the stored hash that the password opened
 * @throws DeskError BAD_CREDENTIALS, TOO_MANY_REQUESTS
 */
export async function confirmPassword(
  desk: Desk,
  actor: Actor,
  { password, address, field = "password" }: TypedPassword,
): Promise<string> {
  const guess = desk.guesses.begin(foldUsername(actor.user.username), address);
  const user = await users.find(desk.db, actor.user.id);
  const passwordHash = user?.passwordHash ?? null;
  if (!(await desk.passwords.verify(passwordHash, password)) || passwordHash === null) {
    await desk.db.transaction((tx) =>
      desk.audit.append(tx, {
        chain: chains.user(actor.user.id),
        userId: actor.user.id,
        action: "password.refused",
        subject: actor.user.id,
        mode: null,
        message: `A wrong password, asked for again, for ${actor.user.username}`,
        details: { address },
      }),
    );
    throw wrongPassword(field);
  }
  guess.succeeded();
  return passwordHash;
}

export function wrongPassword(field: "password" | "currentPassword"): DeskError {
  return new DeskError("BAD_CREDENTIALS", "The password is wrong; nothing was changed.", {
    issues: [{ code: "BAD_CREDENTIALS", field, message: "is wrong", params: {} }],
  });
}
