import { z } from "zod";
import { tryParseFixed } from "../../domain/decimal.ts";
import { scenarioProfileSchema } from "./scenarioProfileSchema.ts";

const decimal = z.string().refine((text) => tryParseFixed(text) !== undefined, "not a decimal");

/** The balances that a scenario may state. */
const BALANCES = [
  "cash",
  "equity",
  "buyingPower",
  "reserved",
  "longMarketValue",
  "shortMarketValue",
  "initialMargin",
  "maintenanceMargin",
  "unrealizedPnl",
  "realizedPnl",
  "dayPnl",
  "fees",
  "settledCash",
  "dividends",
  "accruedDividends",
  "borrowFees",
  "marginDeficit",
] as const;

/** One scenario of a file in `data`. What a key means is told in the README beside this file. Unknown keys are refused. */
export const scenarioSchema = z.strictObject({
  title: z.string().regex(/^(\[PX\d+\] )+\S/, "a title begins with its rule"),
  source: z.url({ protocol: /^https$/ }).exactOptional(),
  profile: scenarioProfileSchema.exactOptional(),
  cash: decimal.exactOptional(),
  reckoning: z.string().min(1).exactOptional(),
  script: z.string().min(1),
  balances: z.partialRecord(z.enum(BALANCES), decimal).exactOptional(),
});

/** A day on the exchange, computed by hand. It begins at 10:00 of an open session with 100000 dollars. */
export type Scenario = z.infer<typeof scenarioSchema>;
