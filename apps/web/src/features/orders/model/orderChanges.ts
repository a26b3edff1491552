import type { OrderView } from "@trenddojo/server/wire";
import { numberProblems } from "./draftNumber.ts";

const FIELDS = ["quantity", "price", "stopPrice"] as const;
type ChangeField = (typeof FIELDS)[number];
type Numbers = Readonly<Record<ChangeField, string>>;

/** What of an order can be changed, and why the rest cannot, in a sentence. */
interface Changeable {
  readonly fields: readonly ChangeField[];
  readonly note: string | undefined;
}

/** What of a working order its kind lets a person change; what the broker lets them is another matter. */
export function changeableFields(order: OrderView): Changeable {
  const prices = [
    ...(order.stopPrice === null ? [] : ["stopPrice" as const]),
    ...(order.price === null ? [] : ["price" as const]),
  ];
  if (order.notional !== null) {
    return { fields: [], note: "it is for an amount of money; cancel it and place another" };
  }
  if (order.trail !== null) return { fields: ["quantity"], note: "The market moves the stop of a trailing stop." };
  if (order.group !== null && order.group.role !== "entry") {
    return { fields: prices, note: "The quantity of an exit is that of what it closes." };
  }
  return { fields: ["quantity", ...prices], note: undefined };
}

interface OrderChanges {
  /** What differs from the order; undefined while nothing does or a number is unreadable. */
  readonly changes: Partial<Numbers> | undefined;
  readonly problems: Readonly<Record<ChangeField, readonly string[]>>;
}

const WANTED = {
  quantity: "a quantity, such as 100",
  price: "a limit price, such as 187.50",
  stopPrice: "a stop price, such as 180.00",
} as const satisfies Record<ChangeField, string>;

/** What a person changed of a working order. */
export function orderChanges(order: OrderView, edited: Numbers): OrderChanges {
  const { fields } = changeableFields(order);
  const problemsOf = (field: ChangeField) =>
    fields.includes(field) ? numberProblems(edited[field], WANTED[field]) : [];
  const problems = {
    quantity: problemsOf("quantity"),
    price: problemsOf("price"),
    stopPrice: problemsOf("stopPrice"),
  };
  const changes: Partial<Record<ChangeField, string>> = {};
  for (const field of fields) if (edited[field] !== order[field]) changes[field] = edited[field];
  const sound = FIELDS.every((field) => problems[field].length === 0);
  return { changes: sound && Object.keys(changes).length > 0 ? changes : undefined, problems };
}
