import type { LinkedExits, ParsedOrder } from "./ParsedOrder.ts";

/** Whether two orders ask for the same in everything but their client order id. */
export function isSameOrder(a: ParsedOrder, b: ParsedOrder): boolean {
  return (
    a.symbol === b.symbol &&
    a.side === b.side &&
    a.type === b.type &&
    a.timeInForce === b.timeInForce &&
    a.expiresAt === b.expiresAt &&
    a.extendedHours === b.extendedHours &&
    isSameAmount(a, b) &&
    a.price === b.price &&
    isSameStop(a, b) &&
    isSameExits(a.linked, b.linked)
  );
}

/** Dollars are compared with dollars: the shares that they make change with the market. */
function isSameAmount(a: ParsedOrder, b: ParsedOrder): boolean {
  return a.notional === b.notional && (a.notional !== undefined || a.quantity === b.quantity);
}

/** Trails are compared by their distance: the stop that it makes changes with the market. */
function isSameStop(a: ParsedOrder, b: ParsedOrder): boolean {
  if (a.trail === undefined || b.trail === undefined) return a.trail === b.trail && a.stopPrice === b.stopPrice;
  return a.trail.by === b.trail.by && a.trail.value === b.trail.value;
}

function isSameExits(a: LinkedExits | undefined, b: LinkedExits | undefined): boolean {
  return (
    a?.orderClass === b?.orderClass &&
    a?.takeProfit?.price === b?.takeProfit?.price &&
    a?.stopLoss?.stopPrice === b?.stopLoss?.stopPrice &&
    a?.stopLoss?.price === b?.stopLoss?.price
  );
}
