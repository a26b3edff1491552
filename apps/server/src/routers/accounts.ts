import { type TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import { whileSignedIn } from "../auth/whileSignedIn.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { listAccounts } from "../usecases/accounts/listAccounts.ts";
import { readPortfolio } from "../usecases/accounts/readPortfolio.ts";
import { watchAccountEvents } from "../usecases/accounts/watchAccountEvents.ts";
import { watchPortfolio } from "../usecases/accounts/watchPortfolio.ts";
import {
  account,
  accountEventsInput,
  accountInput,
  portfolio,
  type AccountEventView,
  type Portfolio,
} from "../wire/accounts.ts";

export const accountsRouter = router({
  list: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(z.array(account))
    .query(({ ctx }) => listAccounts(ctx.desk, ctx.actor)),

  portfolio: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(accountInput)
    .output(portfolio)
    .query(({ ctx, input }) => readPortfolio(ctx.desk, ctx.actor, input.accountId)),

  portfolioUpdates: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .input(accountInput)
    .subscription(({ ctx, input, signal }): AsyncGenerator<Portfolio> =>
      whileSignedIn(ctx, signal, (open) => watchPortfolio(ctx.desk, ctx.actor, input.accountId, open)),
    ),

  events: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .input(accountEventsInput)
    .subscription(({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<AccountEventView>> =>
      whileSignedIn(ctx, signal, (open) => watchAccountEvents(ctx.desk, ctx, input, open)),
    ),
});
