import { userId } from "@trenddojo/brokers/domain";
import { z } from "zod";
import { ownerProcedure, publicProcedure, router } from "../trpc.ts";
import { acceptInvitation } from "../usecases/people/acceptInvitation.ts";
import { invitePerson } from "../usecases/people/invitePerson.ts";
import { listInvitations } from "../usecases/people/listInvitations.ts";
import { removePerson } from "../usecases/people/removePerson.ts";
import { revokeInvitation } from "../usecases/people/revokeInvitation.ts";
import { setRole } from "../usecases/people/setRole.ts";
import { user } from "../wire/auth.ts";
import { done, DONE } from "../wire/ok.ts";
import {
  acceptInput,
  invitation,
  inviteInput,
  newInvitation,
  removePersonInput,
  revokeInvitationInput,
  setRoleInput,
} from "../wire/people.ts";

export const peopleRouter = router({
  invite: ownerProcedure
    .meta({ bucket: "write", token: "none" })
    .input(inviteInput)
    .output(newInvitation)
    .mutation(({ ctx, input }) => invitePerson(ctx.desk, ctx.actor, input.role)),

  invitations: ownerProcedure
    .meta({ bucket: "read", token: "none" })
    .output(z.array(invitation))
    .query(({ ctx }) => listInvitations(ctx.desk)),

  revokeInvitation: ownerProcedure
    .meta({ bucket: "write", token: "none" })
    .input(revokeInvitationInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeInvitation(ctx.desk, ctx.actor, input.id);
      return DONE;
    }),

  accept: publicProcedure
    .meta({ bucket: "signIn", token: "none" })
    .input(acceptInput)
    .output(user)
    .mutation(async ({ ctx, input }) => {
      const { view, cookie } = await acceptInvitation(ctx.desk, ctx, input);
      ctx.setCookie(cookie);
      return view;
    }),

  setRole: ownerProcedure
    .meta({ bucket: "write", token: "none" })
    .input(setRoleInput)
    .output(user)
    .mutation(({ ctx, input }) => setRole(ctx.desk, ctx.actor, userId(input.userId), input.role)),

  remove: ownerProcedure
    .meta({ bucket: "write", token: "none" })
    .input(removePersonInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await removePerson(ctx.desk, ctx.actor, userId(input.userId));
      return DONE;
    }),
});
