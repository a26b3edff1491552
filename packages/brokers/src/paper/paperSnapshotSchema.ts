import { z } from "zod";
import { ORDER_STATUSES } from "../domain/order.ts";
import { moneySnapshotSchema } from "./money/moneySnapshotSchema.ts";
import { paperEventSchema } from "./paperEventSchema.ts";
import type { OrderFilled } from "./PaperEvent.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import {
  instantSchema,
  moneySchema,
  orderIdSchema,
  orderTermsSchema,
  priceSchema,
  quantitySchema,
  reasonSchema,
  sequenceSchema,
  symbolSchema,
  timeInForceSchema,
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
  reason: z.union([reasonSchema, z.string()]).nullable(),
  submittedAt: instantSchema,
  updatedAt: instantSchema,
  arrivesAt: instantSchema.exactOptional(),
  watermark: priceSchema.exactOptional(),
  isHeld: z.literal(true).exactOptional(),
  triggeredBy: reasonSchema.exactOptional(),
});

const requestSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("cancel_requested"), orderId: orderIdSchema, arrivesAt: instantSchema }),
  z.object({
    type: z.literal("replace_requested"),
    orderId: orderIdSchema,
    arrivesAt: instantSchema,
    quantity: quantitySchema.exactOptional(),
    price: priceSchema.exactOptional(),
    stopPrice: priceSchema.exactOptional(),
    timeInForce: timeInForceSchema.exactOptional(),
  }),
]);

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
    isOpened: z.literal(true).exactOptional(),
    isReopening: z.literal(true).exactOptional(),
    forgotten: z
      .object({
        bid: z.number().nonnegative(),
        bidSize: z.number().nullable(),
        ask: z.number().nonnegative(),
        askSize: z.number().nullable(),
      })
      .exactOptional(),
    queues: z.array(z.object({ orderId: z.string(), ahead: quantitySchema })).exactOptional(),
  }),
  halt: z.object({ status: z.enum(["halted", "paused"]), since: instantSchema, reason: z.string() }).exactOptional(),
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
  requests: z.array(requestSchema).exactOptional(),
  money: moneySnapshotSchema.exactOptional(),
});
