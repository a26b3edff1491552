import { z } from "zod";
import { moneyEventSchemas } from "./money/moneyEventSchemas.ts";
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
import { TRADING_STATUSES } from "../domain/tradingStatus.ts";

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
    arrivesAt: instantSchema.exactOptional(),
    watermark: priceSchema.exactOptional(),
    isHeld: z.literal(true).exactOptional(),
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
    ...event,
    type: z.literal("order_trailed"),
    orderId: orderIdSchema,
    watermark: priceSchema,
    stopPrice: priceSchema,
  }),
  z.object({ ...event, type: z.literal("order_arrived"), orderId: orderIdSchema }),
  z.object({ ...ofOrder, type: z.literal("order_activated") }),
  z.object({
    ...event,
    type: z.literal("cancel_requested"),
    orderId: orderIdSchema,
    arrivesAt: instantSchema,
  }),
  z.object({
    ...event,
    type: z.literal("replace_requested"),
    orderId: orderIdSchema,
    arrivesAt: instantSchema,
    quantity: quantitySchema.exactOptional(),
    price: priceSchema.exactOptional(),
    stopPrice: priceSchema.exactOptional(),
    timeInForce: timeInForceSchema.exactOptional(),
  }),
  z.object({
    ...event,
    type: z.literal("symbol_status"),
    symbol: symbolSchema,
    status: z.enum(TRADING_STATUSES),
    reason: z.string(),
  }),
  z.object({
    ...ofOrder,
    type: z.literal("order_filled"),
    executionId: executionIdSchema,
    symbol: symbolSchema,
    side: sideSchema,
    quantity: quantitySchema,
    price: priceSchema,
    reportedAt: instantSchema.exactOptional(),
    fees: feesSchema,
    settlesAt: instantSchema.exactOptional(),
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
    reason: reasonSchema.exactOptional(),
  }),
  z.object({ ...refusal, type: z.literal("replace_rejected") }),
  z.object({ ...event, type: z.literal("day_started"), equity: moneySchema, endsAt: instantSchema }),
  ...moneyEventSchemas,
]);
