import { orders } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { orderView } from "../../orders/orderView.ts";
import type { listOrdersInput, orderPage } from "../../wire/orders.ts";
import { ownAccount } from "../owned.ts";

/** The user's orders, newest first. @throws DeskError NOT_FOUND for another's account */
export async function listOrders(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof listOrdersInput>,
): Promise<z.infer<typeof orderPage>> {
  const { filter, limit, cursor } = input;
  const account = input.accountId === undefined ? undefined : await ownAccount(desk, actor, input.accountId);
  const page = await orders.page(desk.db, { userId: actor.user.id, accountId: account?.id, filter, limit, cursor });
  return { orders: page.orders.map(orderView), nextCursor: page.nextCursor };
}
