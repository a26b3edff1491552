import { users } from "@trenddojo/db";
import type { Desk } from "../../Desk.ts";
import type { UserView } from "../../wire/auth.ts";
import { userView } from "./views.ts";

/** Everyone at the desk, oldest first. */
export async function listUsers(desk: Desk): Promise<UserView[]> {
  return (await users.list(desk.db)).map(userView);
}
