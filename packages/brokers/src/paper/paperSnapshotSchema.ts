import { z } from "zod";
import { ORDER_STATUSES } from "../domain/order.ts";
import { paperEventSchema } from "./paperEventSchema.ts";
import type { OrderFilled } from "./PaperEvent.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import {
  instantSchema,
  moneySchema,
  orderTermsSchema,
  priceSchema,
  quantitySchema,
  sequenceSchema,
  symbolSchema,
} from "./schemas.ts";

const fillSchema: z.ZodType<OrderFilled> = paperEventSchema.transform((event, context) => {
  if (event.type === "order_filled") return event;
  context.addIssue(`a fill, not ${event.type}`);
  return z.NEVER;
});

const orderSchema = orderTermsSchema.extend({
  status: z.enum(ORDER_STATUSES),
  referencePrice: priceSchema,
  expiresAt: instantSchema.nullable(),
  priority: sequenceSchema,
  isTriggered: z.boolean(),
  filledQuantity: quantitySchema,
  filledNotional: moneySchema,
  commission: moneySchema,
  dayTrade: z
    .object({
      dayEndsAt: instantSchema,
      quantity: quantitySchema,
      notional: moneySchema,
      sec: moneySchema,
      taf: moneySchema,
    })
    .nullable(),
  reason: z.string().nullable(),
  submittedAt: instantSchema,
  updatedAt: instantSchema,
});

const quotedSideSchema = z.object({
  price: z.number().nonnegative(),
  size: z.number().nullable(),
  taken: quantitySchema,
});

const symbolStateSchema = z.object({
  symbol: symbolSchema,
  quantity: quantitySchema,
  cost: moneySchema,
  realized: moneySchema,
  market: z.object({
    bid: quotedSideSchema,
    ask: quotedSideSchema,
    last: z.number().nonnegative(),
    lastSize: z.number().nullable(),
    volume: z.number(),
    mark: priceSchema.nullable(),
    markedAt: instantSchema.nullable(),
    tickedAt: instantSchema.nullable(),
    printSeen: z.boolean(),
    isResumed: z.literal(true).exactOptional(),
  }),
});

/** Parses a stored snapshot. One that does not parse is damaged; the journal alone still restores the account. */
export const paperSnapshotSchema: z.ZodType<PaperSnapshot> = z.object({
  version: z.literal(1),
  sequence: sequenceSchema,
  at: instantSchema.nullable(),
  startingCash: moneySchema,
  cash: moneySchema,
  fees: moneySchema,
  day: z.object({ equity: moneySchema, endsAt: instantSchema }).nullable(),
  phase: z.enum(["open", "extended", "closed"]).nullable(),
  orders: z.array(orderSchema),
  fills: z.array(fillSchema),
  symbols: z.array(symbolStateSchema),
});
