import { z } from "zod";
import { instantSchema, moneySchema, symbolSchema } from "../schemas.ts";
import { actionIdSchema, toldMoneyEventSchema } from "./moneyEventSchemas.ts";
import type { MoneySnapshot } from "./moneySnapshot.ts";

/** Parses the part of a stored snapshot that is about money. */
export const moneySnapshotSchema: z.ZodType<MoneySnapshot> = z.object({
  dividends: moneySchema,
  borrowFees: moneySchema,
  marginCall: z.object({ since: instantSchema }).nullable(),
  actionIds: z.array(actionIdSchema),
  unsettled: z.array(z.object({ settlesAt: instantSchema, amount: moneySchema })),
  payables: z.array(
    z.object({ actionId: actionIdSchema, symbol: symbolSchema, amount: moneySchema, payAt: instantSchema }),
  ),
  told: z.array(toldMoneyEventSchema).exactOptional(),
});
