import type { UserId } from "@trenddojo/brokers/domain";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { invitations } from "../schema/invitations.ts";

export type InvitationRow = typeof invitations.$inferSelect;
export type NewInvitation = Omit<InvitationRow, "usedAt" | "usedBy" | "revokedAt">;

export async function insert(db: Executor, invitation: NewInvitation): Promise<void> {
  await db.insert(invitations).values(invitation);
}

/** Those that still let somebody in, newest first. */
export function listOpen(db: Executor, now: number): Promise<InvitationRow[]> {
  return db.select().from(invitations).where(isOpen(now)).orderBy(desc(invitations.createdAt), desc(invitations.id));
}

/** The one with this hash, while it lets somebody in. */
export async function findOpen(db: Executor, tokenHash: string, now: number): Promise<InvitationRow | null> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), isOpen(now)));
  return row ?? null;
}

/** Uses it up: of two calls at once, one gets true. */
export async function use(
  tx: Tx,
  { id, usedBy, at }: { readonly id: string; readonly usedBy: UserId; readonly at: number },
): Promise<boolean> {
  const rows = await tx
    .update(invitations)
    .set({ usedAt: at, usedBy })
    .where(and(eq(invitations.id, id), isOpen(at)))
    .returning({ id: invitations.id });
  return rows.length > 0;
}

/** False where it lets nobody in already. */
export async function revoke(db: Executor, id: string, at: number): Promise<boolean> {
  const rows = await db
    .update(invitations)
    .set({ revokedAt: at })
    .where(and(eq(invitations.id, id), isOpen(at)))
    .returning({ id: invitations.id });
  return rows.length > 0;
}

function isOpen(now: number) {
  return and(isNull(invitations.usedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now));
}
