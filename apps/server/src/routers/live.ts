import { whileSignedIn } from "../auth/whileSignedIn.ts";
import { cancelProcedure, router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { armLive } from "../usecases/live/armLive.ts";
import { disarmLive } from "../usecases/live/disarmLive.ts";
import { readLive } from "../usecases/live/readLive.ts";
import { watchLive } from "../usecases/live/watchLive.ts";
import { armLiveInput, disarmLiveInput, liveState, type LiveStateView } from "../wire/live.ts";

export const liveRouter = router({
  state: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(liveState)
    .query(({ ctx }) => readLive(ctx.desk, ctx.actor)),

  states: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .subscription(({ ctx, signal }): AsyncGenerator<LiveStateView> =>
      whileSignedIn(ctx, signal, (open) => watchLive(ctx.desk, ctx.actor, open)),
    ),

  arm: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(armLiveInput)
    .output(liveState)
    .mutation(({ ctx, input }) => armLive(ctx.desk, ctx.actor, input)),

  disarm: cancelProcedure
    .meta({ bucket: "halt", token: "stop" })
    .input(disarmLiveInput)
    .output(liveState)
    .mutation(({ ctx, input }) => disarmLive(ctx.desk, ctx.actor, input.accountId)),
});
