import { chains } from "../audit/AuditLog.ts";
import type { Actor } from "../auth/Actor.ts";
import type { Desk } from "../Desk.ts";

interface Refused {
  readonly what: string;
  /** The caller's network address. */
  readonly address: string;
  /** The name of the token that asked; null where the person did. */
  readonly token: string | null;
}

/** Writes down that somebody who is known asked for what they may not have; of each, at the pace of the bucket at most. */
export async function noteRefusal(
  desk: Desk,
  { user: { id, username, role } }: Actor,
  { what, address, token }: Refused,
): Promise<void> {
  // The rest of a flood says nothing new, and may not fill the log.
  if (desk.rateLimiter.tryTake("refusal", id) > 0) return;
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "access.refused",
      subject: id,
      mode: null,
      message: `${username}${token === null ? "" : `'s token ${token}`} (${role}) was refused ${what}`,
      details: { what, role, address, token },
    }),
  );
}
