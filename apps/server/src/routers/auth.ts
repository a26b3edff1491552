import { publicProcedure, ownerProcedure, router, signedInProcedure } from "../trpc.ts";
import { changePassword } from "../usecases/auth/changePassword.ts";
import { createUser } from "../usecases/auth/createUser.ts";
import { listSessions } from "../usecases/auth/listSessions.ts";
import { listUsers } from "../usecases/auth/listUsers.ts";
import { readAuthStatus } from "../usecases/auth/readAuthStatus.ts";
import { revokeSession } from "../usecases/auth/revokeSession.ts";
import { setUpOwner } from "../usecases/auth/setUpOwner.ts";
import { signIn } from "../usecases/auth/signIn.ts";
import { signInByPasskey } from "../usecases/auth/signInByPasskey.ts";
import { signOut } from "../usecases/auth/signOut.ts";
import { signOutEverywhere } from "../usecases/auth/signOutEverywhere.ts";
import { stepUp } from "../usecases/auth/stepUp.ts";
import {
  authStatus,
  changePasswordInput,
  createUserInput,
  endedSessions,
  revokeSessionInput,
  session,
  setUpInput,
  signInInput,
  user,
  users,
  webSocketTicket,
} from "../wire/auth.ts";
import { stepUpInput } from "../wire/factors.ts";
import { done, DONE } from "../wire/ok.ts";
import { signInByPasskeyInput } from "../wire/passkeys.ts";
import { z } from "zod";

export const authRouter = router({
  status: publicProcedure
    .meta({ bucket: "status", token: "none" })
    .output(authStatus)
    .query(({ ctx }) => readAuthStatus(ctx.desk, ctx.sessionToken)),

  setUp: publicProcedure
    .meta({ bucket: "signIn", token: "none" })
    .input(setUpInput)
    .output(user)
    .mutation(async ({ ctx, input }) => {
      const { view, cookie } = await setUpOwner(ctx.desk, ctx, input);
      ctx.setCookie(cookie);
      return view;
    }),

  signIn: publicProcedure
    .meta({ bucket: "signIn", token: "none" })
    .input(signInInput)
    .output(user)
    .mutation(async ({ ctx, input }) => {
      const { view, cookie } = await signIn(ctx.desk, ctx, input);
      ctx.setCookie(cookie);
      return view;
    }),

  signInByPasskey: publicProcedure
    .meta({ bucket: "signIn", token: "none" })
    .input(signInByPasskeyInput)
    .output(user)
    .mutation(async ({ ctx, input }) => {
      const { view, cookie } = await signInByPasskey(ctx.desk, ctx, input.assertion);
      ctx.setCookie(cookie);
      return view;
    }),

  signOut: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .output(done)
    .mutation(async ({ ctx }) => {
      ctx.setCookie(await signOut(ctx.desk, ctx.actor));
      return DONE;
    }),

  changePassword: signedInProcedure
    .meta({ bucket: "password", token: "none" })
    .input(changePasswordInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await changePassword(ctx.desk, ctx.actor, { ...input, address: ctx.address });
      return DONE;
    }),

  createUser: ownerProcedure
    .meta({ bucket: "password", token: "none" })
    .input(createUserInput)
    .output(user)
    .mutation(({ ctx, input }) => createUser(ctx.desk, ctx.actor, input)),

  users: ownerProcedure
    .meta({ bucket: "read", token: "none" })
    .output(users)
    .query(({ ctx }) => listUsers(ctx.desk)),

  sessions: signedInProcedure
    .meta({ bucket: "read", token: "none" })
    .output(z.array(session))
    .query(({ ctx }) => listSessions(ctx.desk, ctx.actor)),

  revokeSession: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(revokeSessionInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeSession(ctx.desk, ctx.actor, input.id);
      return DONE;
    }),

  signOutEverywhere: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .output(endedSessions)
    .mutation(async ({ ctx }) => ({ ended: await signOutEverywhere(ctx.desk, ctx.actor) })),

  stepUp: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(stepUpInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await stepUp(ctx.desk, ctx.actor, ctx, input);
      return DONE;
    }),

  webSocketTicket: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .output(webSocketTicket)
    .mutation(({ ctx }) => ({ ticket: ctx.desk.tickets.issue(ctx.actor.sessionId) })),
});
