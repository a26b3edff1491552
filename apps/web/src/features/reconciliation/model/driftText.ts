import type { DriftView } from "@trenddojo/server/wire";

/** What differed. */
export const KIND_NAMES = {
  order_state: "Order state",
  order_terms: "Order terms",
  fill: "Fill",
  fill_total: "Filled total",
  external_order: "Order placed elsewhere",
  missing_order: "Order missing at the broker",
  unknown_order: "Unknown order",
  position: "Position",
  cash: "Cash",
} as const satisfies Record<DriftView["kind"], string>;

/** Kinds whose subject is an order with a page of its own. */
const OF_AN_ORDER: ReadonlySet<DriftView["kind"]> = new Set([
  "order_state",
  "order_terms",
  "fill",
  "fill_total",
  "external_order",
  "missing_order",
  "unknown_order",
]);

/** The order that it is about; undefined where it is about a symbol or the account. */
export function orderIdOf({ kind, subject }: DriftView): string | undefined {
  return OF_AN_ORDER.has(kind) ? subject : undefined;
}

/** "once", "3 times" */
export function timesText(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

/** What was done about it; of what is held it is about what later changes are counted from. */
export function actionText(drift: DriftView): string {
  const isHolding = orderIdOf(drift) === undefined;
  switch (drift.action) {
    case "taken_over":
      return "Taken over: the desk goes by what the broker says";
    case "booked":
      return isHolding
        ? "Booked: what happened to the account explains it"
        : "Booked: the missing fill is in the books";
    case "adopted":
      return isHolding
        ? "Taken as the beginning: changes are counted from here"
        : "Adopted: the order is shown and can be cancelled here";
    case "not_placed":
      return "Settled as not placed: the broker does not know the order";
    case "asked":
      return drift.resolvedAt === null
        ? "Waits for a person: look at the broker, then say how it is settled"
        : "Waited for a person or the broker's next word";
  }
}
