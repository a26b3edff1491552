import { tracked, type TrackedEnvelope } from "@trpc/server";
import { audit } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { followAccountEvents } from "../../streams/AccountEventLog.ts";
import type { accountEventsInput, AccountEventView } from "../../wire/accounts.ts";
import { ownAccount } from "../owned.ts";

/**
 * From `lastEventId` on, or from now without it. @throws DeskError NOT_FOUND, and INVALID_INPUT for an id that was never
 * given out
 */
export async function* watchAccountEvents(
  desk: Desk,
  { actor, backlogBytes }: { readonly actor: Actor; readonly backlogBytes: () => number },
  { accountId, lastEventId }: z.infer<typeof accountEventsInput>,
  signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<AccountEventView>> {
  const { db, bus, clock } = desk;
  const account = await ownAccount(desk, actor, accountId);
  const newest = (await audit.head(desk.db, chains.account(account.id)))?.sequence ?? 0;
  const after = lastEventId === undefined || lastEventId === null ? newest : Number(lastEventId);
  if (!Number.isSafeInteger(after) || after < 0 || after > newest) {
    throw new DeskError("INVALID_INPUT", `There is no account event ${lastEventId}. Leave it out to begin from now.`);
  }
  for await (const event of followAccountEvents({ db, bus, clock, backlogBytes }, account, after, signal)) {
    yield tracked(String(event.sequence), event);
  }
}
