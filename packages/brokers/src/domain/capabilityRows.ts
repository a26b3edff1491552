import type { BrokerCapabilities, Capability } from "./capabilities.ts";
import {
  ORDER_CLASSES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
  type OrderClass,
  type OrderType,
  type TimeInForce,
} from "./order.ts";

type Group = "orderTypes" | "timesInForce" | "orderClasses" | "limits";

/** One capability by its path in the table: "timesInForce.gtc", "extendedHours". */
export type CapabilityKey =
  | `orderTypes.${OrderType}`
  | `timesInForce.${TimeInForce}`
  | `orderClasses.${OrderClass}`
  | Exclude<keyof BrokerCapabilities, Group>;

/** One line of a broker's capability table. */
export interface CapabilityRow {
  readonly key: CapabilityKey;
  readonly capability: Capability;
}

const SINGLES = {
  fractional: true,
  notional: true,
  shortSelling: true,
  extendedHours: true,
  modifyOrder: true,
  streamingQuotes: true,
  orderUpdates: true,
  historicalBars: true,
  clientOrderIdLookup: true,
  repeatedOrderIds: true,
  trailingStop: true,
  goodTillDate: true,
} as const satisfies Record<Exclude<keyof BrokerCapabilities, Group>, true>;

/** Every capability of a table, each once and always in the same order; its limits are not capabilities. */
export function capabilityRows(capabilities: BrokerCapabilities): readonly CapabilityRow[] {
  const { orderTypes, timesInForce, orderClasses } = capabilities;
  const singles: CapabilityRow[] = [];
  for (const key in SINGLES) if (isSingle(key)) singles.push({ key, capability: capabilities[key] });
  return [
    ...ORDER_TYPES.map((type) => ({ key: `orderTypes.${type}` as const, capability: orderTypes[type] })),
    ...TIMES_IN_FORCE.map((each) => ({ key: `timesInForce.${each}` as const, capability: timesInForce[each] })),
    ...ORDER_CLASSES.map((each) => ({ key: `orderClasses.${each}` as const, capability: orderClasses[each] })),
    ...singles,
  ];
}

const isSingle = (key: string): key is keyof typeof SINGLES => Object.hasOwn(SINGLES, key);
