import { GROUP_ROLES, money, ORDER_SIDES, TIMES_IN_FORCE, TRAIL_KINDS, type Money } from "@trenddojo/brokers/domain";
import { paperSnapshotSchema, type PaperSnapshot } from "@trenddojo/brokers/paper";
import { z } from "zod";
import { readBigintJson, writeBigintJson } from "../../bigintJson.ts";
import { settingsSchema, type AccountSettings } from "./AccountSettings.ts";
import { BOOKING_SUB_TYPES, BOOKING_TYPES, type Booking } from "./Booking.ts";
import type { FillActivity } from "./TradeUpdate.ts";
import {
  POSITION_INTENTS,
  VENDOR_ORDER_CLASSES,
  VENDOR_ORDER_STATUSES,
  VENDOR_ORDER_TYPES,
  type VendorOrder,
} from "./VendorOrder.ts";

/** All that an account is. */
export interface AccountState {
  readonly createdAt: bigint;
  readonly settings: AccountSettings;
  readonly lastEquity: Money;
  readonly snapshot: PaperSnapshot;
  /** Oldest first. */
  readonly orders: readonly VendorOrder[];
  readonly fills: readonly FillActivity[];
  readonly bookings: readonly Booking[];
}

/** The text cannot be an account's: it is damaged, or of another version. */
export class AccountStateError extends Error {
  override readonly name = "AccountStateError";
}

const instant = z.bigint().nullable();
const amount = z.bigint().nullable();

const orderSchema = z.object({
  id: z.string(),
  clientOrderId: z.string(),
  sequence: z.int(),
  symbol: z.string(),
  side: z.enum(ORDER_SIDES),
  type: z.enum(VENDOR_ORDER_TYPES),
  orderClass: z.enum(VENDOR_ORDER_CLASSES),
  role: z.enum(GROUP_ROLES).nullable(),
  extendedHours: z.boolean(),
  positionIntent: z.enum(POSITION_INTENTS),
  notional: amount,
  timeInForce: z.enum(TIMES_IN_FORCE),
  replaces: z.string().nullable(),
  createdAt: z.bigint(),
  filledBefore: z.bigint(),
  exchangeId: z.string().nullable(),
  qty: amount,
  limitPrice: amount,
  trail: z.object({ by: z.enum(TRAIL_KINDS), value: z.bigint() }).nullable(),
  stopPrice: amount,
  highWaterMark: amount,
  status: z.enum(VENDOR_ORDER_STATUSES),
  takenAs: z.enum(VENDOR_ORDER_STATUSES),
  statusBefore: z.enum(VENDOR_ORDER_STATUSES).nullable(),
  filledQty: z.bigint(),
  filledValue: z.bigint(),
  isTriggered: z.boolean(),
  parentId: z.string().nullable(),
  legIds: z.array(z.string()),
  replacedBy: z.string().nullable(),
  expiresAt: z.number(),
  updatedAt: z.bigint(),
  filledAt: instant,
  canceledAt: instant,
  expiredAt: instant,
  replacedAt: instant,
  failedAt: instant,
});

const fillSchema = z.object({
  id: z.string(),
  at: z.bigint(),
  orderId: z.string(),
  symbol: z.string(),
  side: z.enum(ORDER_SIDES),
  type: z.enum(["fill", "partial_fill"]),
  price: z.bigint(),
  qty: z.bigint(),
  leavesQty: z.bigint(),
  cumQty: z.bigint(),
  orderStatus: z.string(),
});

const bookingSchema = z.object({
  id: z.string(),
  type: z.enum(BOOKING_TYPES),
  subType: z.enum(BOOKING_SUB_TYPES).nullable(),
  createdAt: z.bigint(),
  date: z.string(),
  symbol: z.string().nullable(),
  qty: amount,
  perShare: amount,
  netAmount: z.bigint(),
  groupId: z.string().nullable(),
});

const stateSchema = z.object({
  createdAt: z.bigint(),
  settings: settingsSchema,
  lastEquity: z.string().transform((text) => money(text)),
  snapshot: paperSnapshotSchema,
  orders: z.array(orderSchema),
  fills: z.array(fillSchema),
  // Absent in what was kept before there were any.
  bookings: z.array(bookingSchema).default([]),
});

export function writeState(state: AccountState): string {
  return writeBigintJson(state);
}

/** @throws AccountStateError */
export function readState(text: string): AccountState {
  try {
    return stateSchema.parse(readBigintJson(text));
  } catch (cause) {
    throw new AccountStateError("this is not the state of a simulated account", { cause });
  }
}
