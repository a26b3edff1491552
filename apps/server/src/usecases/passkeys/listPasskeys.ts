import { passkeys } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { PasskeyView } from "../../wire/passkeys.ts";
import { passkeyView } from "./passkeyView.ts";

/** The person's own, oldest first. */
export async function listPasskeys(desk: Desk, actor: Actor): Promise<PasskeyView[]> {
  return (await passkeys.listByUser(desk.db, actor.user.id)).map(passkeyView);
}
