import { z } from "zod";
import { formatFixed, money, parseFixed, price, quantity, tryParseFixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { clientOrderId, executionId, venueOrderId } from "../domain/ids.ts";
import { GROUP_ROLES, ORDER_SIDES, ORDER_TYPES, TIMES_IN_FORCE, TRAIL_KINDS } from "../domain/order.ts";

/** The parts that stored events and snapshots are made of. */
const canonicalDecimal = z.string().refine((text) => {
  const value = tryParseFixed(text);
  return value !== undefined && formatFixed(value) === text;
}, "not a canonical decimal");

const decimalSchema = canonicalDecimal.transform((text) => formatFixed(parseFixed(text)));
export const moneySchema = canonicalDecimal.transform((text) => money(text));
export const priceSchema = canonicalDecimal.transform((text) => price(text));
export const quantitySchema = canonicalDecimal.transform((text) => quantity(text));

const idText = z.string().regex(/^[\x21-\x7e]{1,128}$/);
export const orderIdSchema = idText.transform(venueOrderId);
export const clientOrderIdSchema = idText.max(48).transform(clientOrderId);
export const executionIdSchema = idText.transform(executionId);

/** Epoch milliseconds. */
export const instantSchema = z.number().finite();
export const sequenceSchema = z.number().int().nonnegative();
export const symbolSchema = z.string().min(1).max(128);

export const sideSchema = z.enum(ORDER_SIDES);
export const orderTypeSchema = z.enum(ORDER_TYPES);
export const timeInForceSchema = z.enum(TIMES_IN_FORCE);
export const errorCodeSchema = z.enum(BrokerErrorCode);

export const reasonSchema = z.object({
  rule: z.string(),
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Optional, as JSON leaves out what is absent. */
export const trailSchema = z.object({ by: z.enum(TRAIL_KINDS), value: decimalSchema }).exactOptional();
const groupSchema = z
  .object({ id: z.string(), orderClass: z.enum(["bracket", "oco", "oto"]), role: z.enum(GROUP_ROLES) })
  .exactOptional();

export const orderTermsSchema = z.object({
  orderId: orderIdSchema,
  clientOrderId: clientOrderIdSchema,
  symbol: symbolSchema,
  side: sideSchema,
  orderType: orderTypeSchema,
  timeInForce: timeInForceSchema,
  extendedHours: z.boolean(),
  quantity: quantitySchema,
  price: priceSchema.nullable(),
  stopPrice: priceSchema.nullable(),
  trail: trailSchema,
  group: groupSchema,
  notional: moneySchema.exactOptional(),
});

export const feesSchema = z.object({
  commission: moneySchema,
  sec: moneySchema,
  taf: moneySchema,
  exchange: moneySchema.exactOptional(),
});
