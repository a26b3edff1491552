import { z } from "zod";
import {
  errorCodeSchema,
  instantSchema,
  moneySchema,
  orderIdSchema,
  priceSchema,
  quantitySchema,
  reasonSchema,
  symbolSchema,
  trailSchema,
} from "../schemas.ts";

const event = { seq: z.number().int().positive(), at: instantSchema };
export const actionIdSchema = z.string().regex(/^[\x20-\x7e]{1,128}$/);
const ofAction = { ...event, actionId: actionIdSchema, symbol: symbolSchema };
const ratioPart = z.number().int().positive();
const margin = { ...event, equity: moneySchema, maintenance: moneySchema };

const toldSchemas = [
  z.object({
    ...ofAction,
    type: z.literal("split_applied"),
    newShares: ratioPart,
    oldShares: ratioPart,
    quantityBefore: quantitySchema,
    quantityAfter: quantitySchema,
    cashInLieu: moneySchema,
  }),
  z.object({
    ...ofAction,
    type: z.literal("dividend_accrued"),
    amountPerShare: moneySchema,
    quantity: quantitySchema,
    amount: moneySchema,
    payAt: instantSchema,
  }),
  z.object({ ...ofAction, type: z.literal("dividend_paid"), amount: moneySchema }),
  z.object({ ...ofAction, type: z.literal("symbol_changed"), newSymbol: symbolSchema, quantity: quantitySchema }),
  z.object({
    ...event,
    type: z.literal("corporate_action_rejected"),
    // As they were told; may be anything.
    actionId: z.string(),
    symbol: z.string(),
    code: errorCodeSchema,
    reason: reasonSchema,
  }),
  z.object({
    ...event,
    type: z.literal("borrow_fee_charged"),
    symbol: symbolSchema,
    quantity: quantitySchema,
    price: priceSchema,
    annualRate: z.string(),
    days: ratioPart,
    amount: moneySchema,
  }),
  z.object({ ...margin, type: z.literal("margin_call"), deficit: moneySchema, reason: reasonSchema }),
  z.object({ ...margin, type: z.literal("margin_call_ended") }),
] as const;

/** Those that an account's owner hears of. */
export const toldMoneyEventSchema = z.discriminatedUnion("type", toldSchemas);

/** The events of `MoneyEvent`, as they are stored. */
export const moneyEventSchemas = [
  ...toldSchemas,
  z.object({
    ...event,
    type: z.literal("order_adjusted"),
    orderId: orderIdSchema,
    quantity: quantitySchema,
    price: priceSchema.nullable(),
    stopPrice: priceSchema.nullable(),
    referencePrice: priceSchema,
    trail: trailSchema,
    watermark: priceSchema.exactOptional(),
    reason: reasonSchema,
  }),
] as const;
