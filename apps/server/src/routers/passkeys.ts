import { z } from "zod";
import { publicProcedure, router, signedInProcedure } from "../trpc.ts";
import { beginPasskeySignIn } from "../usecases/passkeys/beginPasskeySignIn.ts";
import { beginPasskeyStepUp } from "../usecases/passkeys/beginPasskeyStepUp.ts";
import { beginRegistration } from "../usecases/passkeys/beginRegistration.ts";
import { listPasskeys } from "../usecases/passkeys/listPasskeys.ts";
import { registerPasskey } from "../usecases/passkeys/registerPasskey.ts";
import { removePasskey } from "../usecases/passkeys/removePasskey.ts";
import { done, DONE } from "../wire/ok.ts";
import {
  passkey,
  passkeyCreation,
  passkeyRequest,
  registeredPasskey,
  registerPasskeyInput,
  removePasskeyInput,
} from "../wire/passkeys.ts";

export const passkeysRouter = router({
  list: signedInProcedure
    .meta({ bucket: "read", token: "none" })
    .output(z.array(passkey))
    .query(({ ctx }) => listPasskeys(ctx.desk, ctx.actor)),

  beginRegistration: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .output(passkeyCreation)
    .mutation(({ ctx }) => beginRegistration(ctx.desk, ctx.actor, ctx.origin)),

  register: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(registerPasskeyInput)
    .output(registeredPasskey)
    .mutation(({ ctx, input }) => registerPasskey(ctx.desk, ctx.actor, ctx, input)),

  remove: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(removePasskeyInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await removePasskey(ctx.desk, ctx.actor, input.id);
      return DONE;
    }),

  beginSignIn: publicProcedure
    .meta({ bucket: "status", token: "none" })
    .output(passkeyRequest)
    .mutation(({ ctx }) => beginPasskeySignIn(ctx.desk, ctx.origin)),

  beginStepUp: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .output(passkeyRequest)
    .mutation(({ ctx }) => beginPasskeyStepUp(ctx.desk, ctx.actor, ctx.origin)),
});
