import { whileSignedIn } from "../auth/whileSignedIn.ts";
import { router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { endRaise } from "../usecases/risk/endRaise.ts";
import { raiseLimit } from "../usecases/risk/raiseLimit.ts";
import { readLimits } from "../usecases/risk/readLimits.ts";
import { readMargin } from "../usecases/risk/readMargin.ts";
import { readPolicy } from "../usecases/risk/readPolicy.ts";
import { readRiskMetrics } from "../usecases/risk/readRiskMetrics.ts";
import { readTradingState, watchTradingState } from "../usecases/risk/readTradingState.ts";
import { removeSymbolLimit } from "../usecases/risk/removeSymbolLimit.ts";
import { setLimits } from "../usecases/risk/setLimits.ts";
import { setSymbolLimit } from "../usecases/risk/setSymbolLimit.ts";
import {
  endRaiseInput,
  limitsInput,
  margin,
  marginInput,
  raiseLimitInput,
  removeSymbolLimitInput,
  riskLimits,
  riskMetrics,
  riskPolicy,
  setLimitsInput,
  setSymbolLimitInput,
  tradingState,
  type TradingStateView,
} from "../wire/risk.ts";

export const riskRouter = router({
  limits: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(limitsInput)
    .output(riskLimits)
    .query(({ ctx, input }) => readLimits(ctx.desk, ctx.actor, input.accountId)),

  setLimits: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(setLimitsInput)
    .output(riskLimits)
    .mutation(({ ctx, input }) => setLimits(ctx.desk, ctx.actor, input)),

  policy: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(limitsInput)
    .output(riskPolicy)
    .query(({ ctx, input }) => readPolicy(ctx.desk, ctx.actor, input.accountId)),

  raise: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(raiseLimitInput)
    .output(riskPolicy)
    .mutation(({ ctx, input }) => raiseLimit(ctx.desk, ctx.actor, input, ctx.address)),

  endRaise: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(endRaiseInput)
    .output(riskPolicy)
    .mutation(({ ctx, input }) => endRaise(ctx.desk, ctx.actor, input.raiseId)),

  setSymbolLimit: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(setSymbolLimitInput)
    .output(riskPolicy)
    .mutation(({ ctx, input }) => setSymbolLimit(ctx.desk, ctx.actor, input)),

  removeSymbolLimit: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(removeSymbolLimitInput)
    .output(riskPolicy)
    .mutation(({ ctx, input }) => removeSymbolLimit(ctx.desk, ctx.actor, input)),

  state: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(tradingState)
    .query(({ ctx }) => readTradingState(ctx.desk, ctx.actor)),

  states: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .subscription(({ ctx, signal }): AsyncGenerator<TradingStateView> =>
      whileSignedIn(ctx, signal, (open) => watchTradingState(ctx.desk, ctx.actor, open)),
    ),

  metrics: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(limitsInput)
    .output(riskMetrics)
    .query(({ ctx, input }) => readRiskMetrics(ctx.desk, ctx.actor, input.accountId)),

  margin: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(marginInput)
    .output(margin)
    .query(({ ctx, input }) => readMargin(ctx.desk, ctx.actor, input)),
});
