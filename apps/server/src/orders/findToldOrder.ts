import { venueOrderId, type Fill, type Order, type OrderId } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db, type OrderRow } from "@trenddojo/db";

/** Orders that were found just now, by the broker's id: their rows may not say so yet. */
export type KnownOrders = ReadonlyMap<string, OrderId>;

/**
 * The stored order that the broker speaks of: by its id, by ours or, since a broker may name the exits of a group as it
 * likes, by its place in a group that was placed here. Null where there is none.
 */
export async function findToldOrder(
  { db, account }: { readonly db: Db; readonly account: Pick<AccountRow, "id"> },
  told: Order | Fill,
  known: KnownOrders = new Map(),
): Promise<OrderRow | null> {
  const named =
    (await orders.findByVenueOrderId(db, account.id, told.orderId)) ??
    (await orders.findByClientOrderId(db, account.id, told.clientOrderId));
  if (named !== null || !("group" in told) || told.group === undefined) return named;
  const { id, role } = told.group;
  const leaderId = known.get(id) ?? (await orders.findByVenueOrderId(db, account.id, venueOrderId(id)))?.id;
  const leg = leaderId === undefined ? null : await orders.findLeg(db, leaderId, role);
  // A place that has its order already is not this one's.
  return leg?.venueOrderId === null ? leg : null;
}
