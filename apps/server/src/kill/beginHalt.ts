import type { UserId } from "@trenddojo/brokers/domain";
import {
  accounts,
  connections,
  halts,
  limitLockWait,
  orders,
  tradingStates,
  type ConnectionRow,
  type Db,
  type HaltRow,
  type Tx,
} from "@trenddojo/db";
import type { Clock } from "@trenddojo/brokers/domain";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import type { HaltRequest } from "./HaltRequest.ts";

export interface HaltBooks {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly audit: AuditLog;
}

/**
 * Flips a user's trading to HALTED and writes down what is to be done about it, in one commit: once it is there, no order
 * of the user is claimed any more. A halt that lasts is joined; there is one at a time.
 * @param options.lockWaitMs how long to wait for a lock; @default for ever
 * @param options.also what is committed with it or not at all
 * @throws a driver's error of the kind `serialization` where something was locked for longer than `lockWaitMs`
 */
export function beginHalt(
  books: HaltBooks,
  request: HaltRequest,
  { lockWaitMs, also }: { readonly lockWaitMs?: number; readonly also?: AlsoCommitted } = {},
): Promise<HaltRow> {
  const { db, clock, ids, audit } = books;
  const { userId, by, source, reason } = request;
  return db.transaction(async (tx) => {
    const at = clock.now();
    if (lockWaitMs !== undefined) await limitLockWait(tx, lockWaitMs);
    // Two halts of one user come one after the other from here on.
    const before = await tradingStates.lock(tx, userId);
    const lasting = await halts.findCurrent(tx, userId);
    if (before?.state !== "HALTED") {
      await tradingStates.set(tx, { userId, state: "HALTED", reason, changedAt: at, changedBy: by?.id ?? null });
    }
    const asked = { userId, requestedAt: at, requestedBy: by?.id ?? null, source, reason };
    const halt = lasting ?? (await halts.insert(tx, { id: ids.uuid(), ...asked }));
    await audit.append(tx, {
      chain: chains.user(userId),
      userId: by?.id ?? null,
      action: lasting === null ? "trading.halted" : "trading.halted_again",
      subject: halt.id,
      mode: null,
      message: `${by?.username ?? NOBODY[source]} halted trading${reason === "" ? "" : `: ${reason}`}`,
      details: { before: before?.state ?? null, source },
    });
    for (const connection of await connections.listByUser(tx, userId)) {
      await addStep(tx, books, halt, connection);
    }
    await also?.(tx);
    return halt;
  });
}

/** A change that a halt is part of. */
export type AlsoCommitted = (tx: Tx) => Promise<void>;

const NOBODY = { web: "A person", cli: "The command line", desk: "The desk" } as const satisfies Record<
  HaltRow["source"],
  string
>;

/** The connection's part of a halt; nothing happens where it has it already. */
export async function addStep(
  tx: Tx,
  { clock, audit }: Pick<HaltBooks, "clock" | "audit">,
  halt: Pick<HaltRow, "id" | "userId">,
  { id, label, mode }: Pick<ConnectionRow, "id" | "label" | "mode">,
): Promise<void> {
  const [account] = await accounts.listByConnection(tx, id);
  if (account === undefined) return;
  const openOrders = await orders.countOpen(tx, account.id);
  const step = await halts.insertStep(tx, { haltId: halt.id, connectionId: id, openOrders, at: clock.now() });
  if (step === null) return;
  await audit.append(tx, {
    chain: chains.account(account.id),
    userId: null,
    action: "halt.requested",
    subject: halt.id,
    mode,
    message: `Everything is to be canceled at ${label}: ${openOrders} open orders are known here`,
    details: { connectionId: id, openOrders },
  });
}

/** Whose halt it is, and nothing else about it. */
export type HaltOf = Pick<HaltRow, "id"> & { readonly userId: UserId };
