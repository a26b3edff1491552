import {
  connections,
  halts,
  tradingStates,
  type AccountRow,
  type ConnectionRow,
  type Db,
  type HaltStepRow,
  type TradingStateRow,
  type Tx,
} from "@trenddojo/db";
import type { Clock } from "@trenddojo/brokers/domain";
import { raiseAlert, recoverAlert } from "../alerts/raiseAlert.ts";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import type { HaltOf } from "./beginHalt.ts";

/** What one attempt at a broker came to. */
export type Look = Pick<HaltStepRow, "state" | "remaining" | "error">;

export interface LookParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface HaltedConnection {
  readonly halt: HaltOf;
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
}

/** Whose alert it is: one a halt and connection. */
export const haltSubject = (haltId: string, connectionId: string): string => `${haltId}/${connectionId}`;

/**
 * Stores what an attempt came to, each change of state with its audit row, and an alert for as long as a broker has not
 * confirmed. @returns false where the halt, or the connection, has ended meanwhile: nothing is to be asked any more
 */
export function recordLook(
  { db, clock, audit }: LookParts,
  { halt, connection, account }: HaltedConnection,
  look: Look,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // First, as whoever changes it does: the last confirmation may end the halt.
    const trading = look.state === "confirmed" ? await tradingStates.lock(tx, halt.userId) : null;
    if ((await connections.find(tx, connection.userId, connection.id)) === null) return false;
    const change = { haltId: halt.id, connectionId: connection.id, at: clock.now(), ...look };
    const changed = await halts.changeStep(tx, change);
    if (changed === null) return false;
    const { before, after } = changed;
    if (trading !== null && trading.state !== "HALTED") await endConfirmed(tx, trading, change);
    if (before.state === after.state) return true;
    await audit.append(tx, {
      chain: chains.account(account.id),
      userId: null,
      action: `halt.${after.state}`,
      subject: halt.id,
      mode: connection.mode,
      message: sentenceOf(connection.label, look),
      details: { connectionId: connection.id, ...look, attempts: after.attempts },
    });
    const key = {
      userId: connection.userId,
      kind: "halt_unconfirmed",
      subject: haltSubject(halt.id, connection.id),
    } as const;
    if (after.state === "confirmed") await recoverAlert(clock, tx, key);
    else {
      const message = `${sentenceOf(connection.label, look)} It is asked again until it confirms.`;
      await raiseAlert(clock, tx, { ...key, connectionId: connection.id, message });
    }
    return true;
  });
}

/** Only orders that reduce go already: once every broker has confirmed nothing is left to be done of the halt. */
async function endConfirmed(
  tx: Tx,
  trading: TradingStateRow,
  { haltId, at }: { readonly haltId: string; readonly at: number },
): Promise<void> {
  const steps = await halts.listSteps(tx, haltId);
  if (steps.some(({ state }) => state !== "confirmed")) return;
  await halts.end(tx, haltId, at, null);
  // It said who had not confirmed.
  await tradingStates.set(tx, { ...trading, reason: null });
}

function sentenceOf(label: string, { state, error }: Look): string {
  switch (state) {
    case "requested":
      return `${label} was asked to cancel everything.`;
    case "confirmed":
      return `${label} names no open order any more.`;
    case "unconfirmed":
      return `${label} has not confirmed that everything is canceled: ${error ?? "no answer"}.`;
    case "failed":
      return `At ${label} nothing could be canceled: ${error ?? "it cannot be reached"}.`;
  }
}
