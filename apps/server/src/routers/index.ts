import { router } from "../trpc.ts";
import { accountsRouter } from "./accounts.ts";
import { auditRouter } from "./audit.ts";
import { authRouter } from "./auth.ts";
import { brokersRouter } from "./brokers.ts";
import { marketDataRouter } from "./marketData.ts";
import { ordersRouter } from "./orders.ts";
import { riskRouter } from "./risk.ts";
import { systemRouter } from "./system.ts";

/** Everything that the desk can be asked over HTTP and the socket. */
export const appRouter = router({
  auth: authRouter,
  brokers: brokersRouter,
  accounts: accountsRouter,
  orders: ordersRouter,
  marketData: marketDataRouter,
  risk: riskRouter,
  audit: auditRouter,
  system: systemRouter,
});
export type AppRouter = typeof appRouter;
