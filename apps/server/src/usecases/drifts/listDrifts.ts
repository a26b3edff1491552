import { accounts, drifts } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { driftView } from "../../reconciliation/driftView.ts";
import type { driftPage, listDriftsInput } from "../../wire/drifts.ts";
import { ownAccount } from "../owned.ts";

/** The differences found in the user's accounts, newest first. @throws DeskError NOT_FOUND for another's account */
export async function listDrifts(
  desk: Desk,
  actor: Actor,
  { accountId, filter, cursor, limit }: z.infer<typeof listDriftsInput>,
): Promise<z.infer<typeof driftPage>> {
  const own =
    accountId === undefined
      ? await accounts.listByUser(desk.db, actor.user.id)
      : [await ownAccount(desk, actor, accountId)];
  const page = await drifts.page(desk.db, { accounts: own.map(({ id }) => id), filter, cursor, limit });
  return { drifts: page.drifts.map(driftView), nextCursor: page.nextCursor };
}
