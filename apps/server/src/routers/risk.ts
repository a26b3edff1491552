import { router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { readLimits } from "../usecases/risk/readLimits.ts";
import { readMargin } from "../usecases/risk/readMargin.ts";
import { readRiskMetrics } from "../usecases/risk/readRiskMetrics.ts";
import { setLimits } from "../usecases/risk/setLimits.ts";
import { limitsInput, margin, marginInput, riskLimits, riskMetrics, setLimitsInput } from "../wire/risk.ts";

export const riskRouter = router({
  limits: signedInProcedure
    .meta({ bucket: "read" })
    .input(limitsInput)
    .output(riskLimits)
    .query(({ ctx, input }) => readLimits(ctx.desk, ctx.actor, input.accountId)),

  setLimits: traderProcedure
    .meta({ bucket: "write" })
    .input(setLimitsInput)
    .output(riskLimits)
    .mutation(({ ctx, input }) => setLimits(ctx.desk, ctx.actor, input)),

  metrics: signedInProcedure
    .meta({ bucket: "read" })
    .input(limitsInput)
    .output(riskMetrics)
    .query(({ ctx, input }) => readRiskMetrics(ctx.desk, ctx.actor, input.accountId)),

  margin: signedInProcedure
    .meta({ bucket: "read" })
    .input(marginInput)
    .output(margin)
    .query(({ ctx, input }) => readMargin(ctx.desk, ctx.actor, input)),
});
