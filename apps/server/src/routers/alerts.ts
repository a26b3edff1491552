import { whileSignedIn } from "../auth/whileSignedIn.ts";
import { router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { acknowledgeAlert } from "../usecases/alerts/acknowledgeAlert.ts";
import { listAlerts } from "../usecases/alerts/listAlerts.ts";
import { readWebhook } from "../usecases/alerts/readWebhook.ts";
import { removeWebhook } from "../usecases/alerts/removeWebhook.ts";
import { setWebhook } from "../usecases/alerts/setWebhook.ts";
import { watchAlerts } from "../usecases/alerts/watchAlerts.ts";
import {
  alert,
  alertInput,
  alertPage,
  listAlertsInput,
  setWebhookInput,
  webhook,
  type AlertView,
} from "../wire/alerts.ts";
import { done } from "../wire/ok.ts";

export const alertsRouter = router({
  list: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(listAlertsInput)
    .output(alertPage)
    .query(({ ctx, input }) => listAlerts(ctx.desk, ctx.actor, input)),

  watch: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .subscription(({ ctx, signal }): AsyncGenerator<readonly AlertView[]> =>
      whileSignedIn(ctx, signal, (open) => watchAlerts(ctx.desk, ctx.actor, open)),
    ),

  acknowledge: signedInProcedure
    .meta({ bucket: "write", token: "none" })
    .input(alertInput)
    .output(alert)
    .mutation(({ ctx, input }) => acknowledgeAlert(ctx.desk, ctx.actor, input.alertId)),

  webhook: signedInProcedure
    .meta({ bucket: "read", token: "none" })
    .output(webhook.nullable())
    .query(({ ctx }) => readWebhook(ctx.desk, ctx.actor)),

  setWebhook: traderProcedure
    .meta({ bucket: "connect", token: "none" })
    .input(setWebhookInput)
    .output(webhook)
    .mutation(({ ctx, input }) => setWebhook(ctx.desk, ctx.actor, input)),

  removeWebhook: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .output(done)
    .mutation(({ ctx }) => removeWebhook(ctx.desk, ctx.actor)),
});
