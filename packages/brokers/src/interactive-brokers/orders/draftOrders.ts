import type { GroupRole, OrderSide } from "../../domain/order.ts";
import type { LinkedExits, ParsedOrder } from "../../rules/ParsedOrder.ts";
import { refOfPart, ROLE_OF_PART, type GroupPart } from "./orderRefs.ts";
import type { OrderTerms } from "./OrderTerms.ts";
import type { OcaGroup } from "./toIBOrder.ts";

const CANCEL_WITH_BLOCK = 1;

/** One of the orders that a request becomes, before it has an order id. */
export interface OrderDraft {
  readonly orderRef: string;
  /** Null for a simple order. */
  readonly role: GroupRole | null;
  /** Hangs on the first of the drafts, which is its entry. */
  readonly isChild: boolean;
  readonly transmit: boolean;
  readonly oca?: OcaGroup;
  readonly terms: OrderTerms;
}

/**
 * The orders that a request becomes, in the order in which they are to be written. An entry is held at the gateway until
 * its last exit has come, so no entry ever works without its exits:
 * https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#attach-orders
 */
export function draftOrders(order: ParsedOrder): readonly OrderDraft[] {
  const { clientOrderId: root, linked } = order;
  if (linked === undefined) return [{ orderRef: root, role: null, isChild: false, transmit: true, terms: order }];
  if (linked.orderClass === "oco") return draftPair(order, linked);
  const parts = [
    ...(linked.takeProfit === null ? [] : ["tp" as const]),
    ...(linked.stopLoss === null ? [] : ["sl" as const]),
  ];
  const exitSide = order.side === "buy" ? "sell" : "buy";
  return [
    { orderRef: root, role: "entry", isChild: false, transmit: false, terms: order },
    ...parts.map((part, index) => ({
      orderRef: refOfPart(root, part),
      role: ROLE_OF_PART[part],
      isChild: true,
      transmit: index === parts.length - 1,
      terms: exitTerms(order, exitSide, part, linked),
    })),
  ];
}

/** Two exits of a position, of which the order is the one with a profit. Each works by itself: neither waits for the other. */
function draftPair(order: ParsedOrder, linked: LinkedExits): readonly OrderDraft[] {
  const { clientOrderId: root, side } = order;
  const common = { isChild: false, transmit: true, oca: { name: root, type: CANCEL_WITH_BLOCK } };
  return [
    { ...common, orderRef: root, role: "take_profit", terms: order },
    {
      ...common,
      orderRef: refOfPart(root, "oco"),
      role: ROLE_OF_PART.oco,
      terms: exitTerms(order, side, "oco", linked),
    },
  ];
}

function exitTerms(
  { symbol, quantity, timeInForce, extendedHours, expiresAt }: ParsedOrder,
  side: OrderSide,
  part: GroupPart,
  { takeProfit, stopLoss }: LinkedExits,
): OrderTerms {
  const common = {
    symbol,
    side,
    quantity,
    timeInForce,
    extendedHours,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  if (part === "tp") return { ...common, type: "limit", price: takeProfit?.price ?? null, stopPrice: null };
  const price = stopLoss?.price ?? null;
  return { ...common, type: price === null ? "stop" : "stop_limit", price, stopPrice: stopLoss?.stopPrice ?? null };
}
