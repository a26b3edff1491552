import { accounts, connections } from "@trenddojo/db";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { liveObstacle } from "../../live/liveObstacle.ts";
import { isoInstant } from "../../wire/encode.ts";
import type { LiveStateView } from "../../wire/live.ts";
import { hasSecondFactor } from "../factors/hasSecondFactor.ts";
import { obstacleView } from "./obstacleView.ts";

/** The actor's accounts of real money, and whether each takes orders now. */
export async function readLive(desk: Desk, actor: Actor): Promise<LiveStateView> {
  const live = (await accounts.listByUser(desk.db, actor.user.id)).filter(({ mode }) => mode === "live");
  if (live.length === 0) return { accounts: [], obstacle: null };
  const labels = new Map((await connections.listByUser(desk.db, actor.user.id)).map(({ id, label }) => [id, label]));
  const obstacle = await armObstacle(desk, actor);
  return {
    accounts: live.map(({ id, connectionId, venueAccountId }) => {
      const state = desk.live.state(id);
      return {
        accountId: id,
        label: labels.get(connectionId) ?? venueAccountId,
        venueAccountId,
        armed:
          state === null
            ? null
            : {
                isHere: state.sessionId === actor.sessionId,
                endsAt: isoInstant(state.endsAt),
                idleAt: isoInstant(state.idleAt),
              },
      };
    }),
    obstacle: obstacleView(obstacle),
  };
}

/** What keeps this person from arming any account: the process, the store, or a second factor that there is not. */
export async function armObstacle(desk: Desk, { user }: Actor): Promise<DeskError | null> {
  const obstacle = liveObstacle(desk.info);
  if (obstacle !== null || (await hasSecondFactor(desk.db, user.id))) return obstacle;
  return new DeskError(
    "LIVE_UNAVAILABLE",
    "Arming live trading wants a second factor: enrol an app or add a passkey under Settings first.",
  );
}
