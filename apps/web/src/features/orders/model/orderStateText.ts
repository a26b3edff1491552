import type { OrderView } from "@trenddojo/server/wire";

type OrderState = OrderView["state"];
type Tone = "quiet" | "held" | "busy" | "good" | "part" | "bad" | "doubt";

/** How a state is called, and how it looks. "Working" is said only once the broker has acknowledged the order. */
export const ORDER_STATE_TEXT = {
  INTENT: { label: "Sending", tone: "busy" },
  SENDING: { label: "Sending", tone: "busy" },
  WORKING: { label: "Working", tone: "busy" },
  PARTIALLY_FILLED: { label: "Partly filled", tone: "part" },
  PENDING_CANCEL: { label: "Cancel requested", tone: "busy" },
  PENDING_REPLACE: { label: "Change requested", tone: "busy" },
  UNKNOWN: { label: "Unknown: being looked up", tone: "doubt" },
  FILLED: { label: "Filled", tone: "good" },
  CANCELED: { label: "Canceled", tone: "quiet" },
  REJECTED: { label: "Rejected", tone: "bad" },
  DENIED: { label: "Refused by the desk", tone: "bad" },
  EXPIRED: { label: "Expired", tone: "quiet" },
  EXPIRED_UNSENT: { label: "Expired, never sent", tone: "quiet" },
  NOT_PLACED: { label: "Never placed", tone: "quiet" },
} as const satisfies Record<OrderState, { label: string; tone: Tone }>;

/** An exit whose entry is not filled: the broker has it, and it does not work yet. */
const HELD_TEXT = { label: "Waits for its entry", tone: "held" } as const;

/** How the state of an order is called, and how it looks: a held exit is not working. */
export function stateText({ state, isHeld }: Pick<OrderView, "state" | "isHeld">): {
  readonly label: string;
  readonly tone: Tone;
} {
  return isHeld && state === "WORKING" ? HELD_TEXT : ORDER_STATE_TEXT[state];
}

/** States from which an order still may trade. */
const OPEN: ReadonlySet<OrderState> = new Set([
  "INTENT",
  "SENDING",
  "WORKING",
  "PARTIALLY_FILLED",
  "PENDING_CANCEL",
  "PENDING_REPLACE",
  "UNKNOWN",
]);
const CANCELABLE: ReadonlySet<OrderState> = new Set(["WORKING", "PARTIALLY_FILLED", "PENDING_REPLACE"]);
const MODIFIABLE: ReadonlySet<OrderState> = new Set(["WORKING", "PARTIALLY_FILLED"]);

export const isOpen = (order: OrderView): boolean => OPEN.has(order.state);
export const isCancelable = (order: OrderView): boolean => CANCELABLE.has(order.state);
export const isModifiable = (order: OrderView): boolean =>
  MODIFIABLE.has(order.state) && (order.type !== "market" || order.notional !== null);
