import type { Fixed, OrderSide } from "@trenddojo/brokers/domain";

/** The types that this gateway works. */
export const TWS_ORDER_TYPES = [
  "MKT",
  "LMT",
  "STP",
  "STP LMT",
  "TRAIL",
  "TRAIL LIMIT",
  "MOC",
  "LOC",
  "MIT",
  "LIT",
] as const;
export type TwsOrderType = (typeof TWS_ORDER_TYPES)[number];

export const TWS_TIMES_IN_FORCE = ["DAY", "GTC", "IOC", "FOK", "GTD", "OPG"] as const;
export type TwsTimeInForce = (typeof TWS_TIMES_IN_FORCE)[number];

/** How an order of a group touches the others as it fills: cancels them, or takes off their size. */
export type OcaType = "cancel" | "reduce";

/** What of an order means something to the exchange or to the gateway; read, and found to be possible. */
export interface OrderTicket {
  readonly side: OrderSide;
  readonly type: TwsOrderType;
  readonly timeInForce: TwsTimeInForce;
  /** Shares, above zero. */
  readonly quantity: Fixed;
  readonly limit: Fixed | null;
  /** The stop of STP and STP LMT, the price that touches MIT and LIT. */
  readonly stop: Fixed | null;
  readonly trail: { readonly by: "amount" | "percent"; readonly value: Fixed } | null;
  /** Of TRAIL LIMIT: where its stop begins, and how far its limit is beyond the stop. */
  readonly trailLimit: { readonly from: Fixed; readonly offset: Fixed } | null;
  /** Of GTD, epoch milliseconds. */
  readonly expiresAt: number | null;
  /** Not before, epoch milliseconds. */
  readonly goodAfter: number | null;
  readonly outsideRth: boolean;
  readonly parentId: number;
  /** "" of none. */
  readonly ocaGroup: string;
  readonly ocaType: OcaType;
  readonly transmit: boolean;
  readonly whatIf: boolean;
}
