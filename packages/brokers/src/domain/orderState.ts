import type { Fixed } from "./decimal.ts";
import type { OrderStatus } from "./order.ts";

/**
 * The desk's own state of an order: what the database and the screen hold. `OrderStatus` is the broker's view.
 * Rules OS1 to OS9 of SPEC.md.
 */
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
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * What can happen to an order. The first five are the desk's own acts; the others are evidence from the broker.
 *
 * - `deny` a rule refused it · `lapse` its validity ended unsent · `claim` the sender took it, the wire is next
 * - `request_cancel`, `request_replace` the desk asked the broker
 * - `lose` no readable answer came: timeout, reset, 5xx, dead owner
 * - `accept` the broker has it · `reject` the broker refused it
 * - `partial_fill` part of it is filled · `fill` all of it is
 * - `cancel` and `expire` the broker ended it
 * - `release`, `release_partial` a pending cancel or replace ended and the order works on, with nothing or with part filled
 * - `not_found` the broker was asked often enough, over long enough, and never had it
 * - `resend` it was looked for in vain, and the sender took it once more, under the id that it had
 * - `revive`, `revive_partial` it had ended here, and the broker, asked long after that, has it open, with nothing or with part filled
 */
export const ORDER_EVENTS = [
  "deny",
  "lapse",
  "claim",
  "request_cancel",
  "request_replace",
  "lose",
  "accept",
  "reject",
  "partial_fill",
  "fill",
  "cancel",
  "expire",
  "release",
  "release_partial",
  "not_found",
  "resend",
  "revive",
  "revive_partial",
] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

type Row = Readonly<Record<OrderEvent, OrderState | "illegal">>;

/** Nothing was sent, so nothing can be heard of it. */
const NEVER_SENT = {
  deny: "illegal",
  lapse: "illegal",
  claim: "illegal",
  request_cancel: "illegal",
  request_replace: "illegal",
  lose: "illegal",
  accept: "illegal",
  reject: "illegal",
  partial_fill: "illegal",
  fill: "illegal",
  cancel: "illegal",
  expire: "illegal",
  release: "illegal",
  release_partial: "illegal",
  not_found: "illegal",
  resend: "illegal",
  revive: "illegal",
  revive_partial: "illegal",
} as const satisfies Row;

const TRANSITIONS = {
  INTENT: { ...NEVER_SENT, deny: "DENIED", lapse: "EXPIRED_UNSENT", claim: "SENDING" },
  DENIED: NEVER_SENT,
  EXPIRED_UNSENT: NEVER_SENT,
  SENDING: {
    deny: "illegal",
    lapse: "illegal",
    claim: "illegal",
    request_cancel: "illegal",
    request_replace: "illegal",
    lose: "UNKNOWN",
    accept: "WORKING",
    reject: "REJECTED",
    partial_fill: "PARTIALLY_FILLED",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    release: "illegal",
    release_partial: "illegal",
    not_found: "illegal",
    resend: "illegal",
    revive: "illegal",
    revive_partial: "illegal",
  },
  WORKING: {
    deny: "illegal",
    lapse: "illegal",
    claim: "illegal",
    request_cancel: "PENDING_CANCEL",
    request_replace: "PENDING_REPLACE",
    lose: "illegal",
    accept: "WORKING",
    reject: "REJECTED",
    partial_fill: "PARTIALLY_FILLED",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    release: "WORKING",
    release_partial: "PARTIALLY_FILLED",
    not_found: "illegal",
    resend: "illegal",
    revive: "illegal",
    revive_partial: "illegal",
  },
  PARTIALLY_FILLED: {
    deny: "illegal",
    lapse: "illegal",
    claim: "illegal",
    request_cancel: "PENDING_CANCEL",
    request_replace: "PENDING_REPLACE",
    lose: "illegal",
    accept: "PARTIALLY_FILLED",
    reject: "illegal",
    partial_fill: "PARTIALLY_FILLED",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    release: "illegal",
    release_partial: "PARTIALLY_FILLED",
    not_found: "illegal",
    resend: "illegal",
    revive: "illegal",
    revive_partial: "illegal",
  },
  PENDING_CANCEL: {
    deny: "illegal",
    lapse: "illegal",
    claim: "illegal",
    request_cancel: "PENDING_CANCEL",
    request_replace: "illegal",
    lose: "PENDING_CANCEL",
    accept: "PENDING_CANCEL",
    reject: "REJECTED",
    partial_fill: "PENDING_CANCEL",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    release: "WORKING",
    release_partial: "PARTIALLY_FILLED",
    not_found: "illegal",
    resend: "illegal",
    revive: "illegal",
    revive_partial: "illegal",
  },
  PENDING_REPLACE: {
    deny: "illegal",
    lapse: "illegal",
    claim: "illegal",
    request_cancel: "PENDING_CANCEL",
    request_replace: "illegal",
    lose: "PENDING_REPLACE",
    accept: "PENDING_REPLACE",
    reject: "REJECTED",
    partial_fill: "PENDING_REPLACE",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    release: "WORKING",
    release_partial: "PARTIALLY_FILLED",
    not_found: "illegal",
    resend: "illegal",
    revive: "illegal",
    revive_partial: "illegal",
  },
  UNKNOWN: {
    deny: "illegal",
    lapse: "illegal",
    claim: "illegal",
    request_cancel: "UNKNOWN",
    request_replace: "illegal",
    lose: "UNKNOWN",
    accept: "WORKING",
    reject: "REJECTED",
    partial_fill: "PARTIALLY_FILLED",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    release: "illegal",
    release_partial: "illegal",
    not_found: "NOT_PLACED",
    resend: "SENDING",
    revive: "illegal",
    revive_partial: "illegal",
  },
  FILLED: {
    ...NEVER_SENT,
    lose: "FILLED",
    accept: "FILLED",
    partial_fill: "FILLED",
    fill: "FILLED",
    release: "FILLED",
    release_partial: "FILLED",
  },
  CANCELED: {
    ...NEVER_SENT,
    lose: "CANCELED",
    accept: "CANCELED",
    partial_fill: "CANCELED",
    fill: "FILLED",
    cancel: "CANCELED",
    release: "CANCELED",
    release_partial: "CANCELED",
    revive: "WORKING",
    revive_partial: "PARTIALLY_FILLED",
  },
  REJECTED: {
    ...NEVER_SENT,
    lose: "REJECTED",
    accept: "REJECTED",
    reject: "REJECTED",
    partial_fill: "REJECTED",
    fill: "FILLED",
    revive: "WORKING",
    revive_partial: "PARTIALLY_FILLED",
  },
  EXPIRED: {
    ...NEVER_SENT,
    lose: "EXPIRED",
    accept: "EXPIRED",
    partial_fill: "EXPIRED",
    fill: "FILLED",
    expire: "EXPIRED",
    release: "EXPIRED",
    release_partial: "EXPIRED",
    revive: "WORKING",
    revive_partial: "PARTIALLY_FILLED",
  },
  NOT_PLACED: {
    ...NEVER_SENT,
    lose: "NOT_PLACED",
    accept: "WORKING",
    reject: "REJECTED",
    partial_fill: "PARTIALLY_FILLED",
    fill: "FILLED",
    cancel: "CANCELED",
    expire: "EXPIRED",
    not_found: "NOT_PLACED",
  },
} as const satisfies Record<OrderState, Row>;

/**
 * The order life cycle, whole: the state after `event`, or "illegal" where the two contradict each other and the
 * caller must leave the order alone and raise an alarm. Nothing ever leads back to INTENT.
 */
export function nextOrderState(state: OrderState, event: OrderEvent): OrderState | "illegal" {
  return TRANSITIONS[state][event];
}

/** States that only new evidence (a late fill, a zombie) can leave. */
export const FINAL_ORDER_STATES: readonly OrderState[] = [
  "DENIED",
  "EXPIRED_UNSENT",
  "FILLED",
  "CANCELED",
  "REJECTED",
  "EXPIRED",
  "NOT_PLACED",
];

export function isFinalOrderState(state: OrderState): boolean {
  return FINAL_ORDER_STATES.includes(state);
}

const EVENT_OF_STATUS = {
  pending: "accept",
  submitted: "accept",
  partially_filled: "partial_fill",
  filled: "fill",
  pending_cancel: "accept",
  pending_replace: "accept",
  canceled: "cancel",
  rejected: "reject",
  expired: "expire",
} as const satisfies Record<OrderStatus, OrderEvent>;

/** What the broker's view of an order is evidence of. */
export function orderEventOf(status: OrderStatus): OrderEvent {
  return EVENT_OF_STATUS[status];
}

/** The event that ends a pending cancel or replace of an order that works on. */
export function releasedEvent(filledQuantity: Fixed): OrderEvent {
  return filledQuantity > 0n ? "release_partial" : "release";
}
