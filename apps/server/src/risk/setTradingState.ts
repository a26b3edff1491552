import { halts, tradingStates, type TradingState, type Tx } from "@trenddojo/db";
import { chains } from "../audit/AuditLog.ts";
import { recoverAlert } from "../alerts/raiseAlert.ts";
import type { Actor } from "../auth/Actor.ts";
import type { Desk } from "../Desk.ts";
import { haltSubject } from "../kill/recordLook.ts";

/** What it needs of the desk. */
type TradingDesk = Pick<Desk, "db" | "clock" | "audit"> & { readonly kill: Pick<Desk["kill"], "changed"> };

export interface TradingStateChange {
  readonly to: Exclude<TradingState, "HALTED">;
  /** In the audit log: "trading.resumed". */
  readonly action: string;
  /** What was done, after the person's name: "resumed trading". */
  readonly did: string;
  /** A halt that not all brokers have confirmed lasts on, and is carried out at those. @default it ends */
  readonly keepsHalt?: boolean;
  /** Whether the change may be made from the state that is. @throws to refuse it */
  readonly allow?: (from: TradingState) => void;
}

/**
 * Lets a user's orders go again, all or only those that reduce: a halt that lasts ends, in the same commit, with what was
 * never confirmed of it said; or it goes on at the brokers that have not. Nothing happens where that state is already. After the commit `desk.kill.changed` is called.
 */
export async function setTradingState(desk: TradingDesk, actor: Actor, change: TradingStateChange): Promise<void> {
  const { id: userId, username } = actor.user;
  await desk.db.transaction(async (tx) => {
    const at = desk.clock.now();
    const before = await tradingStates.lock(tx, userId);
    const from = before?.state ?? "ACTIVE";
    change.allow?.(from);
    if (from === change.to) return;
    const reason = await endHalt(desk, tx, actor, { at, keeps: change.keepsHalt === true });
    await tradingStates.set(tx, { userId, state: change.to, reason, changedAt: at, changedBy: userId });
    await desk.audit.append(tx, {
      chain: chains.user(userId),
      userId,
      action: change.action,
      subject: userId,
      mode: null,
      message: `${username} ${change.did}${reason === null ? "" : `. ${reason}`}`,
      details: { from, to: change.to },
    });
  });
  await desk.kill.changed(userId);
}

/** @returns what a person should know of the halt that ends here; null where all of it was confirmed, or there is none. */
async function endHalt(
  { clock }: Pick<Desk, "clock">,
  tx: Tx,
  { user }: Actor,
  { at, keeps }: { readonly at: number; readonly keeps: boolean },
): Promise<string | null> {
  const halt = await halts.findCurrent(tx, user.id);
  if (halt === null) return null;
  const steps = await halts.listSteps(tx, halt.id);
  const open = steps.filter(({ state }) => state !== "confirmed");
  if (keeps && open.length > 0)
    return `${open.length} of ${steps.length} brokers have not confirmed the halt: they are asked on, and nothing is closed there until they have.`;
  await halts.end(tx, halt.id, at, user.id);
  for (const { connectionId } of open) {
    await recoverAlert(clock, tx, {
      userId: user.id,
      kind: "halt_unconfirmed",
      subject: haltSubject(halt.id, connectionId),
    });
  }
  if (open.length === 0) return null;
  return `Of the halt before, ${open.length} of ${steps.length} brokers had not confirmed: orders may still work there.`;
}
