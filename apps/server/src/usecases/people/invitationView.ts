import type { InvitationRow } from "@trenddojo/db";
import { isoInstant } from "../../wire/encode.ts";
import type { InvitationView } from "../../wire/people.ts";

/** An invitation as the wire shows it: never its secret. */
export function invitationView(
  invitation: Pick<InvitationRow, "id" | "role" | "createdAt" | "expiresAt">,
): InvitationView {
  const { id, role, createdAt, expiresAt } = invitation;
  return { id, role, createdAt: isoInstant(createdAt), expiresAt: isoInstant(expiresAt) };
}
