import { router } from "../trpc.ts";
import { accountsRouter } from "./accounts.ts";
import { alertsRouter } from "./alerts.ts";
import { auditRouter } from "./audit.ts";
import { authRouter } from "./auth.ts";
import { brokersRouter } from "./brokers.ts";
import { driftsRouter } from "./drifts.ts";
import { factorsRouter } from "./factors.ts";
import { liveRouter } from "./live.ts";
import { marketDataRouter } from "./marketData.ts";
import { ordersRouter } from "./orders.ts";
import { passkeysRouter } from "./passkeys.ts";
import { peopleRouter } from "./people.ts";
import { riskRouter } from "./risk.ts";
import { systemRouter } from "./system.ts";
import { tokensRouter } from "./tokens.ts";

/** Everything that the desk can be asked over HTTP and the socket. */
export const appRouter = router({
  auth: authRouter,
  factors: factorsRouter,
  passkeys: passkeysRouter,
  tokens: tokensRouter,
  people: peopleRouter,
  brokers: brokersRouter,
  accounts: accountsRouter,
  orders: ordersRouter,
  live: liveRouter,
  marketData: marketDataRouter,
  risk: riskRouter,
  drifts: driftsRouter,
  alerts: alertsRouter,
  audit: auditRouter,
  system: systemRouter,
});
export type AppRouter = typeof appRouter;
