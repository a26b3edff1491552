import type { BrokerCapabilities, Capability } from "../domain/capabilities.ts";
import { formatFixed, ONE } from "../domain/decimal.ts";
import type { OrderField, OrderIssue } from "../domain/validation.ts";
import { orderIssue } from "./orderRules.ts";
import type { ParsedOrder } from "./ParsedOrder.ts";

/** What the broker cannot do of this order, each with the capability's own reason and source. Short selling is the venue's to refuse. */
export function checkCapabilities(order: ParsedOrder, capabilities: BrokerCapabilities): readonly OrderIssue[] {
  const { type, timeInForce, extendedHours, quantity } = order;
  const needed: readonly (readonly [OrderField, string, Capability])[] = [
    ["type", type, capabilities.orderTypes[type]],
    ["timeInForce", timeInForce, capabilities.timesInForce[timeInForce]],
    ...(extendedHours ? [["extendedHours", "extended hours", capabilities.extendedHours] as const] : []),
    ...(quantity % ONE === 0n
      ? []
      : [["quantity", `${formatFixed(quantity)} shares`, capabilities.fractional] as const]),
    ...(order.trail === undefined ? [] : [["trail", "trailing stop", capabilities.trailingStop] as const]),
    ...(order.notional === undefined ? [] : [["notional", "amount", capabilities.notional] as const]),
    ...(order.expiresAt === undefined ? [] : [["expiresAt", "expiry", capabilities.goodTillDate] as const]),
    ...(order.linked === undefined
      ? []
      : [["orderClass", order.linked.orderClass, capabilities.orderClasses[order.linked.orderClass]] as const]),
  ];
  return needed.flatMap(([field, value, capability]) =>
    capability.supported
      ? []
      : orderIssue(
          "capability",
          `${value}: ${capability.reason ?? "the broker does not offer it"}`,
          { value, source: capability.source },
          field,
        ),
  );
}
