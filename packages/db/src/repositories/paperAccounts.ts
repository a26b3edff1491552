import type { AccountId } from "@trenddojo/brokers/domain";
import { eq } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { paperAccounts } from "../schema/paper.ts";

/** How a paper account began; never changes. */
export type PaperAccountRow = Pick<
  typeof paperAccounts.$inferSelect,
  "accountId" | "mode" | "seed" | "startingCash" | "createdAt"
>;
export type NewPaperAccount = PaperAccountRow;

/** @throws a foreign key violation where the account does not exist or is of another mode; a check failure for live. */
export async function insert(db: Executor, account: NewPaperAccount): Promise<void> {
  await db.insert(paperAccounts).values(account);
}

export async function find(db: Executor, accountId: AccountId): Promise<PaperAccountRow | null> {
  const [row] = await db
    .select({
      accountId: paperAccounts.accountId,
      mode: paperAccounts.mode,
      seed: paperAccounts.seed,
      startingCash: paperAccounts.startingCash,
      createdAt: paperAccounts.createdAt,
    })
    .from(paperAccounts)
    .where(eq(paperAccounts.accountId, accountId));
  return row ?? null;
}
