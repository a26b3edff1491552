import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { hasSecondFactor } from "../factors/hasSecondFactor.ts";
import { confirmPassword } from "./confirmPassword.ts";
import { requireProof } from "./requireProof.ts";

/**
 * The person is there, and not only their open browser: a proof by auth.stepUp that is at most 5 minutes old, or, of who
 * has no second factor, the password with the call itself.
 * @throws DeskError STEP_UP_REQUIRED, BAD_CREDENTIALS, TOO_MANY_REQUESTS
 */
export async function confirmPerson(
  desk: Desk,
  actor: Actor,
  { password, address }: { readonly password: string | undefined; readonly address: string },
): Promise<void> {
  if (password === undefined || (await hasSecondFactor(desk.db, actor.user.id))) return requireProof(desk, actor);
  await confirmPassword(desk, actor, { password, address });
}
