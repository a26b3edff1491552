import type { Clock } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { connect } from "../connect.ts";
import type { Db } from "../Db.ts";
import { DbError } from "../DbError.ts";
import { queryRow } from "../queryRow.ts";
import { assertPostgresAnswers } from "./assertPostgresAnswers.ts";
import { databaseAddress } from "./databaseAddress.ts";
import { deskSessionName, deskSessions } from "./deskSessions.ts";
import { toOpenError } from "./toOpenError.ts";

/** Of the one desk that works on a database; an arbitrary number that nothing else uses ("tddk" in ASCII). */
const DESK_LOCK = 0x7464_646b;
/** A desk that was killed has let go once the server has noticed. */
const WAIT_MS = 10_000;
const TRY_MS = 200;
const LOOK_MS = 1_000;
/** Seconds that closing waits for a question under way. */
const CLOSE_TIMEOUT = 1;

/** The right to be the desk of a database. */
export interface DeskLock extends AsyncDisposable {
  /** Resolves, DESK_RUNS_ALREADY, where its session was cut and another desk was there before it was back. */
  readonly lost: Promise<DbError>;
}

/**
 * Makes this process the one desk of a database on a Postgres server, until it ends: two would each think that all orders
 * are theirs to send and to look for. (An embedded database has the lock of its directory.) The lock is one of the session,
 * so that a desk that was killed leaves none behind; a pooler that shares sessions between transactions defeats it.
 * @param waitMs for one that is ending, or was killed, to let go
 * @throws DbError DESK_RUNS_ALREADY, which names the other, and what `openServer` throws of an address that leads nowhere
 */
export async function lockDesk(
  databaseUrl: string,
  clock: Clock,
  { waitMs = WAIT_MS }: { readonly waitMs?: number } = {},
): Promise<DeskLock> {
  const address = databaseAddress(databaseUrl);
  await assertPostgresAnswers(databaseUrl, address).catch((error: unknown) => {
    throw toOpenError(error, address);
  });
  const { db, client } = connect({ url: databaseUrl, maxConnections: 1, sessionName: deskSessionName() });
  const over = new AbortController();
  const close = async (): Promise<void> => {
    over.abort();
    await client.end({ timeout: CLOSE_TIMEOUT });
  };
  try {
    const until = clock.monotonic() + waitMs;
    while (!(await take(db))) {
      if (clock.monotonic() >= until) throw await runsAlready(db, address);
      await clock.sleep(TRY_MS);
    }
  } catch (error) {
    await close();
    throw toOpenError(error, address);
  }
  const lost = new Promise<DbError>((resolve) => {
    void keep(db, clock, over.signal).then((isLost) => {
      if (isLost) return runsAlready(db, address).then(resolve);
      return undefined;
    });
  });
  return { lost, [Symbol.asyncDispose]: close };
}

/** Looks until `signal` aborts. @returns whether another has it */
async function keep(db: Db, clock: Clock, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    await clock.sleep(LOOK_MS, { signal }).catch(() => undefined);
    if (signal.aborted) return false;
    // While no server answers, nothing is committed either; whether it is still ours shows once one does.
    const isHeld = await take(db).catch(() => true);
    if (!isHeld) return !signal.aborted;
  }
}

const taken = z.object({ held: z.boolean() });

/**
 * A session that has it takes it once more; one that the driver has opened anew takes it where nobody else has. The server
 * asks the other end whether it is there, so that a desk whose machine is gone lets go within half a minute.
 */
async function take(db: Db): Promise<boolean> {
  const row = await queryRow(
    db,
    taken,
    sql`select pg_try_advisory_lock(${DESK_LOCK}) as held, set_config('tcp_keepalives_idle', '10', false),
      set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)`,
  );
  return row.held;
}

async function runsAlready(db: Db, address: string): Promise<DbError> {
  const sessions = await deskSessions(db).catch(() => []);
  const other = sessions.find(({ pid }) => pid !== process.pid);
  const who = other === undefined ? "" : ` (process ${other.pid} on ${other.host})`;
  return new DbError(
    "DESK_RUNS_ALREADY",
    `another desk${who} works on ${address}; stop that one, or give this one a database of its own`,
    { details: { address, ...(other === undefined ? {} : { pid: other.pid, host: other.host }) } },
  );
}
