import { apiTokens } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { TokenView } from "../../wire/tokens.ts";
import { tokenView } from "./tokenView.ts";

/** The person's own tokens that hold, newest first. */
export async function listTokens(desk: Desk, actor: Actor): Promise<TokenView[]> {
  return (await apiTokens.listByUser(desk.db, actor.user.id, desk.clock.now())).map(tokenView);
}
