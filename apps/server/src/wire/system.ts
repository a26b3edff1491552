import { z } from "zod";
import { instant } from "./common.ts";

/** system.info (query): what runs here. */
export const systemInfo = z.object({
  version: z.string(),
  startedAt: instant,
  now: instant,
  database: z.object({ kind: z.enum(["embedded", "server"]), survivesPowerLoss: z.boolean() }),
  liveTradingAllowed: z.boolean(),
  node: z.string(),
});
export type SystemInfo = z.infer<typeof systemInfo>;
