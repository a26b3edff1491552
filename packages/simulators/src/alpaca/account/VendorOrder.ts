import type { Fixed, GroupRole, OrderSide, TimeInForce } from "@trenddojo/brokers/domain";
import type { Nanos } from "../wire/instant.ts";

export const VENDOR_ORDER_TYPES = ["market", "limit", "stop", "stop_limit", "trailing_stop"] as const;
export type VendorOrderType = (typeof VENDOR_ORDER_TYPES)[number];

export const VENDOR_ORDER_CLASSES = ["simple", "bracket", "oco", "oto"] as const;
export type VendorOrderClass = (typeof VENDOR_ORDER_CLASSES)[number];

export const POSITION_INTENTS = ["buy_to_open", "buy_to_close", "sell_to_open", "sell_to_close"] as const;
export type PositionIntent = (typeof POSITION_INTENTS)[number];

/** The statuses that the simulator gives; the vendor documents a few more that it never does. */
export const VENDOR_ORDER_STATUSES = [
  "accepted",
  "pending_new",
  "new",
  "partially_filled",
  "filled",
  "canceled",
  "expired",
  "replaced",
  "rejected",
  "pending_cancel",
  "pending_replace",
  "held",
] as const;
export type VendorOrderStatus = (typeof VENDOR_ORDER_STATUSES)[number];

const FINAL: readonly VendorOrderStatus[] = ["filled", "canceled", "expired", "replaced", "rejected"];

/** Exactly one of the two is given. */
export interface VendorTrail {
  readonly by: "amount" | "percent";
  readonly value: Fixed;
}

/** One order as the vendor keeps it. Only the account that holds it changes it. */
export interface VendorOrder {
  readonly id: string;
  readonly clientOrderId: string;
  /** Its place among the account's orders, from 1. */
  readonly sequence: number;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly type: VendorOrderType;
  readonly orderClass: VendorOrderClass;
  readonly role: GroupRole | null;
  readonly extendedHours: boolean;
  readonly positionIntent: PositionIntent;
  /** Dollars; `qty` is null then, and stays so. */
  readonly notional: Fixed | null;
  readonly timeInForce: TimeInForce;
  readonly replaces: string | null;
  readonly createdAt: Nanos;
  /** What the exchange had filled of the same order before this one replaced another. */
  filledBefore: Fixed;
  /** The exchange's name for it; null while it waits for the opening. */
  exchangeId: string | null;
  qty: Fixed | null;
  limitPrice: Fixed | null;
  trail: VendorTrail | null;
  /** Of a trailing stop: where it stands. */
  stopPrice: Fixed | null;
  highWaterMark: Fixed | null;
  status: VendorOrderStatus;
  /** Its status in the answer to the request that made it. */
  takenAs: VendorOrderStatus;
  /** What it goes back to when a pending request fails. */
  statusBefore: VendorOrderStatus | null;
  filledQty: Fixed;
  /** Dollars, the sum over its fills. */
  filledValue: Fixed;
  /** Its stop was reached. */
  isTriggered: boolean;
  parentId: string | null;
  legIds: readonly string[];
  replacedBy: string | null;
  expiresAt: number;
  updatedAt: Nanos;
  filledAt: Nanos | null;
  canceledAt: Nanos | null;
  expiredAt: Nanos | null;
  replacedAt: Nanos | null;
  failedAt: Nanos | null;
}

/** Taken, and kept until the market opens: the exchange has not seen it. */
export const isQueued = ({ status, exchangeId }: VendorOrder): boolean => status === "accepted" && exchangeId === null;

export const isFinal = ({ status }: VendorOrder): boolean => FINAL.includes(status);
export const isOpen = (order: VendorOrder): boolean => !isFinal(order);

/** Shares still to be filled; zero for an order for an amount of money, whose shares nobody counts beforehand. */
export const remainingQty = ({ qty, filledQty }: VendorOrder): Fixed => (qty === null ? 0n : qty - filledQty);
