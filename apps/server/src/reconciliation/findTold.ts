import type { Order, OrderId } from "@trenddojo/brokers/domain";
import { orders, type OrderRow } from "@trenddojo/db";
import { adoptOrder } from "../orders/adoptOrder.ts";
import { findToldOrder } from "../orders/findToldOrder.ts";
import type { ReconcileParts } from "./ReconcileParts.ts";
import { refreshOrder } from "./refreshOrder.ts";
import { termsFirst } from "./takeOver.ts";

/**
 * The stored orders that the broker told of, by its ids; open ones that nobody here placed are stored now.
 * @param stored those that are stored under these ids
 */
export async function findTold(
  parts: ReconcileParts,
  told: readonly Order[],
  open: ReadonlySet<string>,
  stored: ReadonlyMap<string, OrderRow>,
): Promise<Map<string, OrderId>> {
  const known = new Map<string, OrderId>();
  const note = async (order: Order): Promise<boolean> => {
    const row = stored.get(order.orderId) ?? (await findToldOrder(parts, order, known));
    if (row === null) return false;
    known.set(order.orderId, row.id);
    await termsFirst(parts, row, order);
    return true;
  };
  const strange: Order[] = [];
  for (const order of told) if (!(await note(order))) strange.push(order);
  const awaited = strange.some(({ group }) => group !== undefined) ? await lookUpLeaders(parts) : new Set<string>();
  const adoption = {
    ...parts,
    onAdopted: async (...adopted: Parameters<NonNullable<ReconcileParts["finding"]>["adopted"]>) =>
      parts.finding?.adopted(...adopted),
  };
  for (const order of strange) {
    if (!open.has(order.orderId) || (await note(order))) continue;
    // It may be a leg of an order of ours whose name at the broker is not known yet.
    if (order.group !== undefined && awaited.has(order.symbol)) continue;
    known.set(order.orderId, await adoptOrder(adoption, order, told, known));
  }
  return known;
}

/** The members of a group are found by its first. */
export function leadersFirst(told: readonly Order[]): readonly Order[] {
  const leads = ({ group, orderId }: Order) => group === undefined || group.id === orderId;
  return [...told.filter(leads), ...told.filter((order) => !leads(order))];
}

/** Looks for the groups that were sent and that the broker has not named. @returns the symbols of those that were not found */
async function lookUpLeaders(parts: ReconcileParts): Promise<ReadonlySet<string>> {
  const { db, account, inFlight } = parts;
  const awaited = new Set<string>();
  for (const row of await orders.listByState(db, ["SENDING", "UNKNOWN"], account.id)) {
    if (row.orderClass === null || row.leaderId !== null) continue;
    if (inFlight.has(row.id) || (await refreshOrder(parts, row)) === null) awaited.add(row.symbol);
  }
  return awaited;
}
