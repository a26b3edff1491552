import {
  GROUP_ROLES,
  ORDER_CLASSES,
  ORDER_SIDES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
  TRAIL_KINDS,
} from "@trenddojo/brokers/domain";
import { z } from "zod";
import { DeskErrorCode } from "./errors.ts";
import { cursor, direction, decimal, id, instant, mode, pageSize, params, symbol } from "./common.ts";

/** The desk's own states; see packages/brokers/src/domain/orderState.ts. */
export const ORDER_STATES = [
  "INTENT",
  "DENIED",
  "EXPIRED_UNSENT",
  "SENDING",
  "WORKING",
  "PARTIALLY_FILLED",
  "PENDING_CANCEL",
  "PENDING_REPLACE",
  "UNKNOWN",
  "FILLED",
  "CANCELED",
  "REJECTED",
  "EXPIRED",
  "NOT_PLACED",
] as const;

const takeProfit = z.strictObject({ price: decimal });
const stopLoss = z.strictObject({ stopPrice: decimal, price: decimal.optional() });
export const trail = z.strictObject({ by: z.enum(TRAIL_KINDS), value: decimal });

const orderCommon = {
  symbol,
  side: z.enum(ORDER_SIDES),
  timeInForce: z.enum(TIMES_IN_FORCE).default("day"),
  extendedHours: z.boolean().default(false),
  /** When a `gtc` order ends. */
  expiresAt: instant.optional(),
};
/** An entry's exits; an `oco` is the pair alone, its own limit being the profit. */
const exits = {
  orderClass: z.enum(["simple", ...ORDER_CLASSES]).default("simple"),
  takeProfit: takeProfit.optional(),
  stopLoss: stopLoss.optional(),
};
/** The form of an order only; what goes together is judged by the rules of @trenddojo/brokers, which answer with their numbers. */
export const orderInput = z.discriminatedUnion("type", [
  /** Shares or dollars (`notional`). */
  z.strictObject({
    ...orderCommon,
    ...exits,
    type: z.literal("market"),
    quantity: decimal.optional(),
    notional: decimal.optional(),
  }),
  z.strictObject({ ...orderCommon, ...exits, type: z.literal("limit"), quantity: decimal, price: decimal }),
  /** At a price, or trailing behind the market. */
  z.strictObject({
    ...orderCommon,
    type: z.literal("stop"),
    quantity: decimal,
    stopPrice: decimal.optional(),
    trail: trail.optional(),
  }),
  z.strictObject({
    ...orderCommon,
    type: z.literal("stop_limit"),
    quantity: decimal,
    price: decimal,
    stopPrice: decimal,
  }),
]);
export type OrderInput = z.input<typeof orderInput>;

/** orders.place (mutation) → OrderView. The ticket makes the key when it opens and sends it with every click and retry. */
export const placeOrderInput = z.strictObject({
  accountId: id,
  // One key has many spellings; the database would take two of them for two orders.
  idempotencyKey: z.uuid().toLowerCase(),
  order: orderInput,
  /** What the preview gave: the order must be the one that was previewed, and not long ago. */
  previewToken: z.string().max(256).optional(),
  /** The person has read that an order of unknown outcome may be working on the same side already, and means this one beside it. */
  acknowledgesUnknown: z.boolean().default(false),
});
/** orders.cancel (mutation) → OrderView */
export const cancelOrderInput = z.strictObject({ orderId: id });
/** orders.modify (mutation) → OrderView */
export const modifyOrderInput = z.strictObject({
  orderId: id,
  changes: z
    .strictObject({ quantity: decimal.optional(), price: decimal.optional(), stopPrice: decimal.optional() })
    .refine((changes) => Object.keys(changes).length > 0, "at least one change"),
});

/** Why something happened or has not: the rule that decided, a sentence, and the quote, sizes and queue it was decided by. */
export const why = z.object({ rule: z.string(), text: z.string(), params });
export type WhyView = z.infer<typeof why>;

export const order = z.object({
  id,
  /** Grows with each stored change of this order: of two views, the one with the higher revision is the newer. */
  revision: z.number().int(),
  accountId: id,
  mode,
  clientOrderId: z.string(),
  /** Null until the broker has answered. */
  venueOrderId: z.string().nullable(),
  symbol: z.string(),
  side: z.enum(ORDER_SIDES),
  type: z.enum(ORDER_TYPES),
  timeInForce: z.enum(TIMES_IN_FORCE),
  extendedHours: z.boolean(),
  /** Of an order for an amount of money an estimate, until the broker has taken it. */
  quantity: decimal,
  filledQuantity: decimal,
  averageFillPrice: decimal.nullable(),
  price: decimal.nullable(),
  /** Of a trailing stop where it stands now; null until the broker has said it. */
  stopPrice: decimal.nullable(),
  trail: trail.nullable(),
  /** Dollars, of an order for an amount of money. */
  notional: decimal.nullable(),
  /** When a `gtc` order ends. */
  expiresAt: instant.nullable(),
  /** Of an order of a linked group: `leaderId` is the order that was placed, its own where it is that one. */
  group: z.object({ leaderId: id, orderClass: z.enum(ORDER_CLASSES), role: z.enum(GROUP_ROLES) }).nullable(),
  /** An exit that the broker holds back until its entry is filled. */
  isHeld: z.boolean(),
  state: z.enum(ORDER_STATES),
  /** Why it is in this state, where there is something to say. */
  reason: z.object({ code: z.enum(DeskErrorCode).nullable(), message: z.string(), params }).nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  updatedAt: instant,
});
export type OrderView = z.infer<typeof order>;

export const fill = z.object({
  id,
  executionId: z.string(),
  orderId: id,
  accountId: id,
  symbol: z.string(),
  side: z.enum(ORDER_SIDES),
  quantity: decimal,
  price: decimal,
  fees: decimal,
  /** On the broker's clock. */
  filledAt: instant,
  reason: z.string().nullable(),
  why: why.nullable(),
});
export type FillView = z.infer<typeof fill>;

/** orders.list (query) → { orders, nextCursor }, newest first. */
export const listOrdersInput = z.strictObject({
  accountId: id.optional(),
  filter: z.enum(["open", "closed", "all"]).default("all"),
  cursor: cursor.optional(),
  direction,
  limit: pageSize,
});
export const orderPage = z.object({ orders: z.array(order), nextCursor: cursor.nullable() });

/** A note is for the record: what it says is told elsewhere already. */
export const ORDER_EVENT_TYPES = ["created", "state", "fill", "replaced", "note"] as const;
/** One step of an order, as it happened. `sequence` grows by one with each event of the user, without gaps. */
export const orderEvent = z.object({
  sequence: z.number().int(),
  type: z.enum(ORDER_EVENT_TYPES),
  at: instant,
  order,
  fill: fill.nullable(),
  /** In words: "Working at the broker", "Filled 40 of 100 at 187.51". */
  message: z.string(),
});
export type OrderEventView = z.infer<typeof orderEvent>;
/** orders.events (subscription, tracked by `sequence`): from `lastEventId` on, or from now. */
export const orderEventsInput = z.strictObject({ lastEventId: z.string().max(32).nullish() });

/** orders.get (query): one order with its whole life. */
export const orderInputById = z.strictObject({ orderId: id });
export const orderDetail = z.object({
  order,
  fills: z.array(fill),
  /** Oldest first. */
  events: z.array(orderEvent),
  /** The other orders of its linked group: entry, profit, stop. */
  group: z.array(order),
  /** Why it is where it is, from the broker: what an open order waits for, how a finished one ended; `rule` "" where only a sentence is known. */
  explanation: why.nullable(),
  /** What set its stop off. */
  triggeredBy: why.nullable(),
});

/** orders.preview (query): every rule's verdict, and what the order would do. Nothing is stored. */
export const previewInput = z.strictObject({
  accountId: id,
  order: orderInput,
  /** As in `placeOrderInput`. */
  acknowledgesUnknown: z.boolean().default(false),
});
export const preview = z.object({
  isValid: z.boolean(),
  issues: z.array(
    z.object({
      code: z.enum(DeskErrorCode),
      rule: z.string(),
      field: z.string().nullable(),
      message: z.string(),
      params,
    }),
  ),
  referencePrice: decimal.nullable(),
  notional: decimal.nullable(),
  estimatedFees: decimal.nullable(),
  marginRequired: decimal.nullable(),
  buyingPower: decimal.nullable(),
  buyingPowerAfter: decimal.nullable(),
  quotedAt: instant.nullable(),
  /** Binds an order to this preview, until `validUntil`. */
  token: z.string(),
  validUntil: instant,
});
export type PreviewView = z.infer<typeof preview>;

/** orders.fills (query) → FillView[], newest first. */
export const listFillsInput = z.strictObject({ accountId: id.optional(), limit: pageSize });
export const fills = z.array(fill);
