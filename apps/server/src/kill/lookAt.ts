import { BrokerError } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db } from "@trenddojo/db";
import type { Logger } from "pino";
import type { OrderHost } from "../connections/OrderHost.ts";
import { DeskError } from "../DeskError.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import { withdrawIntent } from "../orders/expireIntent.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import { sendNoMore } from "../orders/sendNoMore.ts";
import type { HaltOf } from "./beginHalt.ts";
import { cancelEverything, type Progress } from "./cancelEverything.ts";
import { isLasting } from "./isLasting.ts";
import type { Look } from "./recordLook.ts";
import { withdrawUnsent } from "./withdrawUnsent.ts";

/** Whether the broker has it is not known of an order in one of these states. */
const UNRESOLVED = ["SENDING", "UNKNOWN"] as const;

export interface LookAtParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly journal: OrderJournal;
  readonly attemptMs: number;
  /** Undefined where the connection is not open. */
  readonly host: OrderHost | undefined;
  readonly account: AccountRow;
  readonly halt: HaltOf;
}

/**
 * One attempt: takes back what was not sent, asks for the cancel of the rest and looks. It ends within `attemptMs`, and
 * never throws. Of a halt that has ended it changes nothing more.
 */
export async function lookAt(parts: LookAtParts, stop: AbortSignal): Promise<Look> {
  const { db, clock, log, journal, attemptMs, host, account, halt } = parts;
  let seen: Progress | null = null;
  try {
    for (const intent of await orders.listByState(db, ["INTENT"], account.id)) {
      if (intent.leaderId === null && (await isLasting(db, halt)))
        await withdrawIntent(journal, intent, account.userId);
    }
    // What is lost is not sent again, so that looking for it can come to an end.
    for (const lost of await orders.listByState(db, ["UNKNOWN"], account.id)) {
      if (lost.leaderId === null && (await isLasting(db, halt))) await sendNoMore({ journal, clock }, lost);
    }
    const owner = requireHost(host);
    const client = owner.requireConnected();
    const countUnresolved = async (): Promise<number> => (await orders.listByState(db, UNRESOLVED, account.id)).length;
    const onProgress = (progress: Progress): void => void (seen = progress);
    const asking = {
      clock,
      client,
      isLasting: () => isLasting(db, halt),
      withdrawUnsent: () => withdrawUnsent(db, account.id, client),
      countUnresolved,
      pursue: () => owner.pursueUnknown(),
      onProgress,
    };
    await withTimeout(clock, attemptMs, (signal) => cancelEverything(asking, signal), stop);
    return settled(seen, attemptMs);
  } catch (err) {
    log.warn({ err, accountId: account.id }, "a halt could not be confirmed yet");
    return failed(err, seen, attemptMs);
  }
}

function settled(seen: Progress | null, attemptMs: number): Look {
  if (seen === null) return { state: "unconfirmed", remaining: null, error: `TIMEOUT: ${noAnswer(attemptMs)}` };
  const { remaining, unresolved } = seen;
  if (remaining === 0 && unresolved === 0) return { state: "confirmed", remaining, error: null };
  const parts = [
    ...(remaining === 0 ? [] : [`${remaining} orders are still open`]),
    ...(unresolved === 0 ? [] : [`of ${unresolved} orders it is not known whether the broker has them`]),
  ];
  return { state: "unconfirmed", remaining, error: parts.join(" and ") };
}

/** In our own words: a broker's may hold anything. */
function failed(error: unknown, seen: Progress | null, attemptMs: number): Look {
  const remaining = seen?.remaining ?? null;
  if (error instanceof DeskError) return { state: "failed", remaining, error: `${error.code}: it is not connected` };
  if (!(error instanceof BrokerError)) return { state: "failed", remaining, error: "INTERNAL: see the desk's log" };
  const { code, outcome } = error;
  if (code === "TIMEOUT") return { state: "unconfirmed", remaining, error: `TIMEOUT: ${noAnswer(attemptMs)}` };
  return outcome === "unknown"
    ? { state: "unconfirmed", remaining, error: `${code}: the broker did not answer` }
    : { state: "failed", remaining, error: `${code}: the broker did not take the request` };
}

const noAnswer = (ms: number): string => `no answer within ${ms / 1_000} s`;

/** @throws DeskError NOT_CONNECTED */
function requireHost(host: OrderHost | undefined): OrderHost {
  if (host === undefined) throw new DeskError("NOT_CONNECTED", "The connection is not open.");
  return host;
}
