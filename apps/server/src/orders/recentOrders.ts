import type { OrderState } from "@trenddojo/brokers/domain";
import type { RecentOrder } from "@trenddojo/brokers/rules";
import type { OrderRow } from "@trenddojo/db";
import { storedOrder } from "./storedOrder.ts";

/** Refused or given up before it could trade: the same may be tried again at once. */
export const NEVER_WENT: readonly OrderState[] = ["DENIED", "EXPIRED_UNSENT", "NOT_PLACED", "REJECTED"];

/** Of stored orders those that went, or may have, each as it was asked for; a leg is part of its leader's request. */
export function recentOrders(rows: readonly OrderRow[]): readonly RecentOrder[] {
  const went = rows.filter(({ state, leaderId }) => leaderId === null && !NEVER_WENT.includes(state));
  return went.map((row) => ({ ...storedOrder(row, legsOf(row, rows)), at: row.createdAt }));
}

/** Of a group that nobody placed here it is not known how it was asked for. */
function legsOf({ id, origin }: OrderRow, rows: readonly OrderRow[]): readonly OrderRow[] | undefined {
  return origin === "desk" ? rows.filter(({ leaderId }) => leaderId === id) : undefined;
}
