import type { Clock } from "@trenddojo/brokers/domain";
import { accounts, type OrderRow, type Tx } from "@trenddojo/db";
import { describeOrder } from "../orders/describeOrder.ts";
import { isFoundAlive } from "../orders/foundAlive.ts";
import { raiseAlert, recoverAlert } from "./raiseAlert.ts";

interface OrderMove {
  readonly before: OrderRow;
  readonly after: OrderRow;
  readonly step: { readonly action: string | null };
}

/**
 * Raises and recovers, in the transaction of an order's step, what a person should know of it. A group is told of once, by
 * its leader. @returns whether anything changed: then announce it after the commit
 */
export async function alertOfOrder(clock: Clock, tx: Tx, { before, after, step }: OrderMove): Promise<boolean> {
  const { id: subject, userId } = after;
  const isMove = before.state !== after.state;
  let isChanged = false;
  const raise = async (kind: "order_unknown" | "order_not_placed" | "late_fill", what: string): Promise<void> => {
    const account = await accounts.find(tx, userId, after.accountId);
    const message = `${describeOrder(after)}: ${what}`;
    const isNew = await raiseAlert(clock, tx, {
      userId,
      kind,
      subject,
      message,
      connectionId: account?.connectionId ?? null,
    });
    isChanged ||= isNew;
  };
  if (isMove && after.state === "UNKNOWN") {
    await raise("order_unknown", "the broker gave no answer, so it may or may not be there. The desk looks for it.");
  }
  // A send under the same id begins by a claim, which is no evidence; what comes of it is.
  const wasUnknown = before.state === "UNKNOWN" || (before.state === "SENDING" && before.attempt > 1);
  if (isMove && wasUnknown && after.state !== "UNKNOWN" && after.state !== "SENDING") {
    isChanged = (await recoverAlert(clock, tx, { userId, kind: "order_unknown", subject })) || isChanged;
  }
  if (isMove && after.state === "NOT_PLACED") {
    await raise("order_not_placed", "it never reached the broker. Place it again if it is still wanted.");
  }
  if (isMove && before.state === "NOT_PLACED") {
    isChanged = (await recoverAlert(clock, tx, { userId, kind: "order_not_placed", subject })) || isChanged;
  }
  if (!isFoundAlive(before) && isFoundAlive(after)) {
    const was = before.state === "NOT_PLACED" ? "taken for never placed" : before.state;
    await raise("order_unknown", `it was ${was}, and the broker has it. The desk cancels it.`);
  }
  if (isFoundAlive(before) && !isFoundAlive(after)) {
    isChanged = (await recoverAlert(clock, tx, { userId, kind: "order_unknown", subject })) || isChanged;
  }
  if (step.action === "order.filled_late" || step.action === "order.overfilled") {
    const what =
      step.action === "order.filled_late"
        ? `it was filled after it was ${before.state}`
        : "more was filled than was ordered";
    await raise("late_fill", `${what}: ${after.filledQuantity} of ${after.quantity} are filled now.`);
  }
  return isChanged;
}
