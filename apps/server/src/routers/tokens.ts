import { z } from "zod";
import { router, signedInProcedure } from "../trpc.ts";
import { createToken } from "../usecases/tokens/createToken.ts";
import { listTokens } from "../usecases/tokens/listTokens.ts";
import { revokeToken } from "../usecases/tokens/revokeToken.ts";
import { done, DONE } from "../wire/ok.ts";
import { createTokenInput, newToken, revokeTokenInput, token } from "../wire/tokens.ts";

export const tokensRouter = router({
  list: signedInProcedure
    .meta({ bucket: "read", token: "none" })
    .output(z.array(token))
    .query(({ ctx }) => listTokens(ctx.desk, ctx.actor)),

  create: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(createTokenInput)
    .output(newToken)
    .mutation(({ ctx, input }) => createToken(ctx.desk, ctx.actor, input)),

  revoke: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(revokeTokenInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeToken(ctx.desk, ctx.actor, input.id);
      return DONE;
    }),
});
