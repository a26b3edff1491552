import { audit } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { AuditEntryView, auditPage, listAuditInput } from "../../wire/audit.ts";
import { isoInstant } from "../../wire/encode.ts";
import { readableChains } from "./readableChains.ts";

/** What the user did and what was done to the user's accounts, newest first. */
export async function listAudit(
  desk: Desk,
  actor: Actor,
  { from, to, search, action, username, mode, cursor, limit }: z.infer<typeof listAuditInput>,
): Promise<z.infer<typeof auditPage>> {
  const chains = await readableChains(desk, actor);
  const { entries, nextCursor } = await audit.page(desk.db, {
    search,
    action,
    username,
    mode,
    cursor,
    limit,
    userId: actor.user.id,
    chains,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  });
  return {
    nextCursor,
    entries: entries.map((entry): AuditEntryView => ({
      id: `${entry.chain}:${entry.sequence}`,
      chain: entry.chain,
      sequence: entry.sequence,
      at: isoInstant(entry.at),
      username: entry.username,
      action: entry.action,
      subject: entry.subject,
      mode: entry.mode,
      message: entry.message,
      details: entry.details,
      previousHash: entry.previousHash,
      hash: entry.hash,
    })),
  };
}
