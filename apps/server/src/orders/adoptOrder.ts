import {
  money,
  orderId as toOrderId,
  price,
  quantity,
  type Clock,
  type Order,
  type OrderClass,
  type OrderId,
} from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db, type NewExternalOrder, type OrderRow, type Tx } from "@trenddojo/db";
import type { IdMaker } from "../lib/IdMaker.ts";
import type { KnownOrders } from "./findToldOrder.ts";
import type { OrderJournal } from "./OrderJournal.ts";

export interface AdoptParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly journal: OrderJournal;
  readonly account: AccountRow;
  /** Called in the transaction that stores it. */
  readonly onAdopted: (tx: Tx, row: OrderRow, order: Order) => Promise<void>;
}

/**
 * Stores an open order that nobody here placed: it counts in every limit and can be canceled like the desk's own.
 * @param told all that the broker told at once, `order` among it: the rest of its group
 * @param known those of them that are stored
 */
export async function adoptOrder(
  { db, account, clock, ids, journal, onAdopted }: AdoptParts,
  order: Order,
  told: readonly Order[],
  known: KnownOrders,
): Promise<OrderId> {
  const id = toOrderId(ids.uuid());
  const place = await placeOf(db, account, order, told, known);
  const row = await db.transaction(async (tx) => {
    const inserted = await orders.insertExternal(tx, {
      id,
      userId: account.userId,
      accountId: account.id,
      mode: account.mode,
      clientOrderId: order.clientOrderId,
      venueOrderId: order.orderId,
      symbol: order.symbol,
      side: order.side,
      type: order.type,
      timeInForce: order.timeInForce,
      extendedHours: order.extendedHours,
      quantity: order.quantity,
      price: order.price,
      stopPrice: order.stopPrice,
      ...(order.trail === undefined ? {} : { trailBy: order.trail.by, trailValue: price(order.trail.value) }),
      ...(order.notional === undefined ? {} : { notional: money(order.notional) }),
      ...(order.timeInForce === "gtc" && order.expiresAt !== undefined ? { expiresAt: order.expiresAt } : {}),
      ...place,
      ...(place === null ? {} : { isHeld: order.isHeld ?? false }),
      state: "WORKING",
      filledQuantity: quantity("0"),
      averageFillPrice: null,
      createdAt: clock.now(),
      at: clock.now(),
    });
    await journal.tell(tx, inserted, {
      type: "created",
      message: "Found at the broker; nobody here placed it",
      action: "order.external",
      userId: null,
    });
    await onAdopted(tx, inserted, order);
    return inserted;
  });
  journal.announce(row.userId);
  return row.id;
}

type Place = Pick<NewExternalOrder, "leaderId" | "orderClass" | "groupRole">;

/** Its place in its group; null for a simple order, and where another order stands in that place. */
async function placeOf(
  db: Db,
  { userId }: AccountRow,
  order: Order,
  told: readonly Order[],
  known: KnownOrders,
): Promise<Place | null> {
  const { group } = order;
  if (group === undefined) return null;
  const members = told.filter((each) => each.group?.id === group.id);
  // The first member leads or, where the broker tells no more of that, the first that was found.
  const member = known.get(group.id) ?? members.map(({ orderId }) => known.get(orderId)).find((id) => id !== undefined);
  if (member === undefined) return { orderClass: classOf(group.id, members), groupRole: group.role };
  const leader = await leaderOf(db, userId, member);
  if (leader === null || leader.orderClass === null || leader.groupRole === group.role) return null;
  if ((await orders.findLeg(db, leader.id, group.role)) !== null) return null;
  return { leaderId: leader.id, orderClass: leader.orderClass, groupRole: group.role };
}

async function leaderOf(db: Db, userId: OrderRow["userId"], member: OrderId): Promise<OrderRow | null> {
  const row = await orders.find(db, userId, member);
  return row === null || row.leaderId === null ? row : orders.find(db, userId, row.leaderId);
}

/** A group is told by its members; an entry that is over may be missing among them. */
function classOf(groupId: string, members: readonly Order[]): OrderClass {
  const exits = members.filter(({ group }) => group?.role !== "entry");
  if (exits.some(({ orderId }) => orderId === groupId)) return "oco";
  return exits.length > 1 ? "bracket" : "oto";
}
