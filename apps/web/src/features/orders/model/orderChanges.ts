import type { OrderView } from "@trenddojo/server/wire";
import { draftProblems } from "./ticketDraft.ts";
import type { DraftField } from "./ticketDraft.ts";

type Numbers = Readonly<Record<DraftField, string>>;

interface OrderChanges {
  /** What differs from the order; undefined while nothing does or a number is unreadable. */
  readonly changes: Partial<Numbers> | undefined;
  readonly problems: Readonly<Record<DraftField, readonly string[]>>;
}

/** What a person changed of a working order. */
export function orderChanges(order: OrderView, edited: Numbers): OrderChanges {
  const problems = draftProblems({
    ...edited,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    extendedHours: order.extendedHours,
  });
  const changes: Partial<Numbers> = {
    ...(edited.quantity === order.quantity ? {} : { quantity: edited.quantity }),
    ...(order.price === null || edited.price === order.price ? {} : { price: edited.price }),
    ...(order.stopPrice === null || edited.stopPrice === order.stopPrice ? {} : { stopPrice: edited.stopPrice }),
  };
  const sound = Object.values(problems).every((list) => list.length === 0);
  return { changes: sound && Object.keys(changes).length > 0 ? changes : undefined, problems };
}
