import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { liveObstacle } from "../../live/liveObstacle.ts";
import { requireProof } from "../auth/requireProof.ts";

/**
 * Asked before an account of real money is connected or gets new keys, and before its broker hears of it.
 * @throws DeskError LIVE_UNAVAILABLE, STEP_UP_REQUIRED
 */
export async function requireLive(desk: Desk, actor: Actor): Promise<void> {
  const obstacle = liveObstacle(desk.info);
  if (obstacle !== null) throw obstacle;
  await requireProof(desk, actor);
}
