import { router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { listDrifts } from "../usecases/drifts/listDrifts.ts";
import { resolveDrift } from "../usecases/drifts/resolveDrift.ts";
import { drift, driftPage, listDriftsInput, resolveDriftInput } from "../wire/drifts.ts";

export const driftsRouter = router({
  list: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(listDriftsInput)
    .output(driftPage)
    .query(({ ctx, input }) => listDrifts(ctx.desk, ctx.actor, input)),

  resolve: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(resolveDriftInput)
    .output(drift)
    .mutation(({ ctx, input }) => resolveDrift(ctx.desk, ctx.actor, input)),
});
