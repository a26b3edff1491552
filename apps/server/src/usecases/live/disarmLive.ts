import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { LiveStateView } from "../../wire/live.ts";
import { ownAccount } from "../owned.ts";
import { readLive } from "./readLive.ts";

/** Stops new orders of an account of real money, whoever armed it; cancels pass as ever. @throws DeskError NOT_FOUND */
export async function disarmLive(desk: Desk, actor: Actor, accountId: string): Promise<LiveStateView> {
  const account = await ownAccount(desk, actor, accountId);
  desk.live.disarm(account.id, "person", actor.user.id);
  return readLive(desk, actor);
}
