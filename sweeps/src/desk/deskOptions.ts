import { z } from "zod";
import { BROKER_KINDS } from "./BrokerKind.ts";

/** How a sweep starts a desk. */
export const deskOptions = z.strictObject({
  dataDir: z.string(),
  /** A Postgres server in place of the embedded store. */
  databaseUrl: z.string().nullable(),
  broker: z.enum(BROKER_KINDS).default("alpaca"),
  /** Where the broker is, for this desk: "http://127.0.0.1:4711". */
  venue: z.string(),
  /** It dies at this point of an order's way, at the `nth` time that it is there. */
  fail: z.strictObject({ point: z.string(), nth: z.number() }).nullable(),
  haste: z.number(),
  /** How much later it is for the desk than on this machine, milliseconds: as for its broker. */
  aheadMs: z.number().default(0),
  /** Orders may come as fast as they like. */
  isUnlimited: z.boolean().default(false),
  logLevel: z.string(),
});
export type DeskOptions = z.input<typeof deskOptions>;
