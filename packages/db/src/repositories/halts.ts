import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Executor, Tx } from "../Db.ts";
import { halts, haltSteps } from "../schema/halts.ts";

export type HaltRow = typeof halts.$inferSelect;
export type HaltStepRow = typeof haltSteps.$inferSelect;
export type NewHalt = Omit<HaltRow, "endedAt" | "endedBy">;
/** What a look at a broker found. */
export type HaltStepChange = Pick<HaltStepRow, "state" | "remaining" | "error"> & {
  readonly haltId: string;
  readonly connectionId: ConnectionId;
  readonly at: number;
};

/** @throws a unique violation of `halts_current_unique`: one lasts already. */
export async function insert(tx: Tx, halt: NewHalt): Promise<HaltRow> {
  const [row] = await tx.insert(halts).values(halt).returning();
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}

/** The halt that lasts. */
export async function findCurrent(db: Executor, userId: UserId): Promise<HaltRow | null> {
  const [row] = await db
    .select()
    .from(halts)
    .where(and(eq(halts.userId, userId), isNull(halts.endedAt)));
  return row ?? null;
}

/** Every user's, oldest first: what a starting server takes up. */
export function listCurrent(db: Executor): Promise<HaltRow[]> {
  return db.select().from(halts).where(isNull(halts.endedAt)).orderBy(asc(halts.requestedAt), asc(halts.id));
}

/** False where it has ended already. */
export async function end(tx: Tx, haltId: string, at: number, endedBy: UserId | null): Promise<boolean> {
  const rows = await tx
    .update(halts)
    .set({ endedAt: at, endedBy })
    .where(and(eq(halts.id, haltId), isNull(halts.endedAt)))
    .returning({ id: halts.id });
  return rows.length > 0;
}

/** Null where that connection has its step already. */
export async function insertStep(
  tx: Tx,
  step: Pick<HaltStepRow, "haltId" | "connectionId" | "openOrders"> & { readonly at: number },
): Promise<HaltStepRow | null> {
  const { at, ...columns } = step;
  const [row] = await tx
    .insert(haltSteps)
    .values({
      ...columns,
      state: "requested",
      remaining: null,
      attempts: 0,
      error: null,
      updatedAt: at,
      confirmedAt: null,
    })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

/** In the order of their connections' ids. */
export function listSteps(db: Executor, haltId: string): Promise<HaltStepRow[]> {
  return db.select().from(haltSteps).where(eq(haltSteps.haltId, haltId)).orderBy(asc(haltSteps.connectionId));
}

/** Counts the attempt. Null, and nothing changed, where the halt has ended meanwhile. */
export async function changeStep(
  tx: Tx,
  { haltId, connectionId, at, ...found }: HaltStepChange,
): Promise<{ readonly before: HaltStepRow; readonly after: HaltStepRow } | null> {
  const [halt] = await tx
    .select({ id: halts.id })
    .from(halts)
    .where(and(eq(halts.id, haltId), isNull(halts.endedAt)))
    .for("share");
  const ofStep = and(eq(haltSteps.haltId, haltId), eq(haltSteps.connectionId, connectionId));
  const [before] = halt === undefined ? [] : await tx.select().from(haltSteps).where(ofStep).for("update");
  if (before === undefined) return null;
  const [after] = await tx
    .update(haltSteps)
    .set({
      ...found,
      attempts: sql`${haltSteps.attempts} + 1`,
      updatedAt: at,
      confirmedAt: found.state === "confirmed" ? at : null,
    })
    .where(ofStep)
    .returning();
  return after === undefined ? null : { before, after };
}
