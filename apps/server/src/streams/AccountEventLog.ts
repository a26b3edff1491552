import { ACCOUNT_EVENT_KINDS } from "@trenddojo/brokers/domain";
import { audit, type AccountRow, type AuditRow } from "@trenddojo/db";
import { z } from "zod";
import { chains } from "../audit/AuditLog.ts";
import { ACCOUNT_EVENT_ACTIONS } from "../connections/AccountEvents.ts";
import { Latch } from "../lib/Latch.ts";
import type { AccountEventView } from "../wire/accounts.ts";
import { isoInstant } from "../wire/encode.ts";
import type { EventLogParts } from "./OrderEventLog.ts";
import { subjects } from "./TickBus.ts";
import { untilRead } from "./untilRead.ts";

const PAGE = 100;

const facts = z.object({ kind: z.enum(ACCOUNT_EVENT_KINDS), symbol: z.string().nullable() });

/**
 * What happened to an account without an order after the row `after` of its chain, each event once and in order, for as
 * long as `signal` lasts. The rows of the audit log are the queue.
 */
export async function* followAccountEvents(
  { db, bus, clock, backlogBytes }: EventLogParts,
  account: AccountRow,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<AccountEventView> {
  // Subscribed before the backlog is read: what is committed in between sets the mark.
  const arrived = new Latch(true);
  const unsubscribe = bus.subscribe(subjects.accountEvents(account.id), () => arrived.set());
  try {
    for (let last = after; await arrived.wait(signal);) {
      let page: readonly AuditRow[];
      do {
        if (!(await untilRead(clock, backlogBytes, signal))) return;
        page = await audit.since(db, chains.account(account.id), {
          sequence: last,
          actions: ACCOUNT_EVENT_ACTIONS,
          limit: PAGE,
        });
        for (const row of page) {
          if (!(await untilRead(clock, backlogBytes, signal))) return;
          yield accountEventView(account, row);
          last = row.sequence;
        }
      } while (page.length === PAGE);
    }
  } finally {
    unsubscribe();
  }
}

function accountEventView({ id, mode }: AccountRow, { sequence, at, message, details }: AuditRow): AccountEventView {
  return { accountId: id, sequence, at: isoInstant(at), ...facts.parse(details), mode, message };
}
