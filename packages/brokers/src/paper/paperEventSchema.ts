import { z } from "zod";
import type { PaperEvent } from "./PaperEvent.ts";
import {
  errorCodeSchema,
  executionIdSchema,
  feesSchema,
  instantSchema,
  moneySchema,
  orderIdSchema,
  orderTermsSchema,
  priceSchema,
  quantitySchema,
  reasonSchema,
  sideSchema,
  symbolSchema,
  timeInForceSchema,
} from "./schemas.ts";

const event = { seq: z.number().int().positive(), at: instantSchema };
const ofOrder = { ...event, orderId: orderIdSchema, reason: reasonSchema };
const refusal = { ...event, orderId: z.string(), code: errorCodeSchema, reason: reasonSchema };

/** Parses one stored event. A journal that does not parse is damaged and must not be folded. */
export const paperEventSchema: z.ZodType<PaperEvent> = z.discriminatedUnion("type", [
  z.object({
    ...event,
    type: z.literal("order_accepted"),
    ...orderTermsSchema.shape,
    referencePrice: priceSchema,
    expiresAt: instantSchema.nullable(),
  }),
  z.object({
    ...event,
    type: z.literal("order_rejected"),
    ...orderTermsSchema.shape,
    code: errorCodeSchema,
    reason: reasonSchema,
  }),
  z.object({ ...ofOrder, type: z.literal("order_triggered") }),
  z.object({
    ...ofOrder,
    type: z.literal("order_filled"),
    executionId: executionIdSchema,
    symbol: symbolSchema,
    side: sideSchema,
    quantity: quantitySchema,
    price: priceSchema,
    fees: feesSchema,
  }),
  z.object({ ...ofOrder, type: z.literal("order_canceled") }),
  z.object({ ...refusal, type: z.literal("cancel_rejected") }),
  z.object({ ...ofOrder, type: z.literal("order_expired") }),
  z.object({
    ...event,
    type: z.literal("order_replaced"),
    orderId: orderIdSchema,
    quantity: quantitySchema,
    price: priceSchema.nullable(),
    stopPrice: priceSchema.nullable(),
    timeInForce: timeInForceSchema,
    referencePrice: priceSchema,
    expiresAt: instantSchema.nullable(),
    keepsPriority: z.boolean(),
  }),
  z.object({ ...refusal, type: z.literal("replace_rejected") }),
  z.object({ ...event, type: z.literal("day_started"), equity: moneySchema, endsAt: instantSchema }),
]);
