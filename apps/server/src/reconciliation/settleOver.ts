import type { OrderId } from "@trenddojo/brokers/domain";
import type { ReconcileParts } from "./ReconcileParts.ts";

/** Ends the open differences in orders that this look did not find again. */
export async function settleOver({ db, finding }: ReconcileParts, told: ReadonlySet<OrderId>): Promise<void> {
  if (finding === null) return;
  const over = (await finding.ledger.listOpen()).filter((row) => finding.isOver(row, told));
  for (const row of over) {
    await db.transaction((tx) => finding.ledger.agreed(tx, row, { note: "The desk and the broker agree again" }));
  }
}
