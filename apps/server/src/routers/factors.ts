import { router, signedInProcedure } from "../trpc.ts";
import { beginTotp } from "../usecases/factors/beginTotp.ts";
import { confirmTotp } from "../usecases/factors/confirmTotp.ts";
import { readFactors } from "../usecases/factors/readFactors.ts";
import { removeTotp } from "../usecases/factors/removeTotp.ts";
import { confirmTotpInput, factors, recoveryCodes, totpEnrolment } from "../wire/factors.ts";
import { done, DONE } from "../wire/ok.ts";

export const factorsRouter = router({
  read: signedInProcedure
    .meta({ bucket: "read", token: "none" })
    .output(factors)
    .query(({ ctx }) => readFactors(ctx.desk, ctx.actor)),

  beginTotp: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .output(totpEnrolment)
    .mutation(({ ctx }) => beginTotp(ctx.desk, ctx.actor)),

  confirmTotp: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(confirmTotpInput)
    .output(recoveryCodes)
    .mutation(async ({ ctx, input }) => ({
      recoveryCodes: [...(await confirmTotp(ctx.desk, ctx.actor, input.code))],
    })),

  removeTotp: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .output(done)
    .mutation(async ({ ctx }) => {
      await removeTotp(ctx.desk, ctx.actor);
      return DONE;
    }),
});
