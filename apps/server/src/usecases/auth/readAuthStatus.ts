import { users } from "@trenddojo/db";
import type { Desk } from "../../Desk.ts";
import { userView } from "./views.ts";

/** What the first screen is: set-up, sign-in or the desk. */
export async function readAuthStatus(desk: Desk, token: string | null) {
  const actor = await desk.sessions.authenticate(token);
  if (actor !== null) return { setUpRequired: false, user: userView(actor.user) };
  return { setUpRequired: !(await users.any(desk.db)), user: null };
}
