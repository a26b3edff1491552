import type { ConnectionStatus, HostBudget } from "@trenddojo/brokers/domain";
import type { ConnectionRow } from "@trenddojo/db";
import { areKeysOld, NO_KEYS, type KeyFacts } from "../connections/KeyFacts.ts";

export interface ConnectionFault {
  readonly kind: "connection_down" | "feed_mute" | "budget_spent" | "keys_old";
  /** What lasts less is a blip, and nobody is called for it. */
  readonly graceMs: number;
  /** A sentence for a person. */
  readonly message: string;
}

const DOWN_MS = 10_000;
const UNRECONCILED_MS = 30_000;
const MUTE_MS = 5_000;
const SPENT_MS = 5_000;
/** A sentence that a person reads. */
const MOST_NAMED = 5;

/**
 * What ails a connection that is meant to be open, worst first, one of a kind.
 * @param isReconciled both agreed since it was connected, so that orders may go
 * @param of its keys, at `now` in epoch milliseconds
 */
export function faultsOf(
  status: ConnectionStatus,
  { label }: Pick<ConnectionRow, "label">,
  isReconciled: boolean,
  { keys, now }: { readonly keys: KeyFacts; readonly now: number } = { keys: NO_KEYS, now: 0 },
): ConnectionFault[] {
  const { isConnected, channels, error, unsubscribed = [] } = status;
  const isSpent = ({ remaining, reserved, queued }: HostBudget): boolean =>
    remaining <= reserved && Object.values(queued).some((count) => count > 0);
  const faults: ConnectionFault[] = [];
  const why = error === null ? "" : ` (${error.code})`;
  if (areKeysOld(keys.setAt, now)) {
    const since = new Date(keys.setAt ?? now).toISOString().slice(0, 10);
    const message = `${label}: its keys are of ${since}, 90 days old or more. Make new ones at the broker and replace them on the connections screen.`;
    faults.push({ kind: "keys_old", graceMs: 0, message });
  }
  if (keys.fault !== null) {
    const message = `${label} is down: the vault cannot open its keys (${keys.fault}). Enter them again on the connections screen.`;
    faults.push({ kind: "connection_down", graceMs: 0, message });
  } else if (!isConnected || channels.session.state === "down") {
    const message = `${label} is down${why}: no order goes, and open orders stay at the broker.`;
    faults.push({ kind: "connection_down", graceMs: DOWN_MS, message });
  } else if (channels.orders.state === "mute" || channels.orders.state === "down") {
    const message = `${label} says nothing of orders${why}: what becomes of them is not heard, and no new one goes.`;
    faults.push({ kind: "connection_down", graceMs: DOWN_MS, message });
  } else {
    if (!isReconciled) {
      const message = `${label} is connected, but could not be compared with its broker for ${UNRECONCILED_MS / 1_000} s: no new order goes until both agree. The desk's log says what fails.`;
      faults.push({ kind: "connection_down", graceMs: UNRECONCILED_MS, message });
    }
    if (channels.data.state === "mute" || channels.data.state === "down") {
      const message = `${label}: prices are silent, so what is shown of them may be old.`;
      faults.push({ kind: "feed_mute", graceMs: MUTE_MS, message });
    } else if (unsubscribed.length > 0) {
      const message = `${label} does not send prices of ${listText(unsubscribed)}, which were subscribed to: what is shown of them may be old. The desk asks again.`;
      faults.push({ kind: "feed_mute", graceMs: MUTE_MS, message });
    }
  }
  const spent = status.budget?.find(isSpent);
  if (spent !== undefined) {
    const { limit, host } = spent;
    const message = `${label}: the ${limit} requests that its broker allows (${host}) are spent. Cancels go first, the rest waits.`;
    faults.push({ kind: "budget_spent", graceMs: SPENT_MS, message });
  }
  return faults;
}

/** "AAPL, MSFT and 4 more" */
function listText(symbols: readonly string[]): string {
  const named = symbols.slice(0, MOST_NAMED).join(", ");
  return symbols.length > MOST_NAMED ? `${named} and ${symbols.length - MOST_NAMED} more` : named;
}
