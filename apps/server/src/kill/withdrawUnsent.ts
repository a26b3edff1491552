import type { BrokerClient } from "@trenddojo/brokers";
import type { AccountId } from "@trenddojo/brokers/domain";
import { orders, type Db } from "@trenddojo/db";

/**
 * Takes back the orders of an account that were claimed before the switch and that its client still holds: none of them
 * goes any more. One on the wire stays what it is.
 */
export async function withdrawUnsent(
  db: Db,
  accountId: AccountId,
  client: Pick<BrokerClient, "withdrawOrder">,
): Promise<void> {
  if (client.withdrawOrder === undefined) return;
  for (const { leaderId, clientOrderId } of await orders.listByState(db, ["SENDING"], accountId)) {
    // A leg goes with its leader.
    if (leaderId === null) client.withdrawOrder?.(clientOrderId);
  }
}
