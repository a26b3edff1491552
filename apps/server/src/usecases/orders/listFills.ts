import { fills } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { fillView } from "../../orders/orderView.ts";
import type { FillView, listFillsInput } from "../../wire/orders.ts";
import { ownAccount } from "../owned.ts";

/** The user's executions, newest first. @throws DeskError NOT_FOUND for another's account */
export async function listFills(desk: Desk, actor: Actor, input: z.infer<typeof listFillsInput>): Promise<FillView[]> {
  const account = input.accountId === undefined ? undefined : await ownAccount(desk, actor, input.accountId);
  const rows = await fills.listByUser(desk.db, { userId: actor.user.id, accountId: account?.id, limit: input.limit });
  return rows.map(fillView);
}
