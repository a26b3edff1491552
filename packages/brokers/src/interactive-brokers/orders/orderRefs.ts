import type { GroupRole } from "../../domain/order.ts";

/**
 * What an order's reference says: the client order id of the order that was asked for and, of one that hangs on it, its
 * part. It is all that a gateway keeps of a group for good: parents are named by ids that it may give away again.
 */
export interface OrderRef {
  /** The client order id of the group's first order, or of the order itself. */
  readonly root: string;
  /** Null for the order that was asked for. */
  readonly part: GroupPart | null;
}

/** `tp` and `sl` hang on an entry; `oco` is the stop beside a profit. */
export const GROUP_PARTS = ["tp", "sl", "oco"] as const;
export type GroupPart = (typeof GROUP_PARTS)[number];

export const ROLE_OF_PART = {
  tp: "take_profit",
  sl: "stop_loss",
  oco: "stop_loss",
} as const satisfies Record<GroupPart, GroupRole>;

/** The reference under which an exit of a group is sent. */
export const refOfPart = (root: string, part: GroupPart): string => `${root}:${part}`;

/** Any text is a reference: one that no group of ours has is its own root. */
export function readRef(ref: string): OrderRef {
  const part = GROUP_PARTS.find((each) => ref.endsWith(`:${each}`) && ref.length > each.length + 1);
  return part === undefined ? { root: ref, part: null } : { root: ref.slice(0, -part.length - 1), part };
}
