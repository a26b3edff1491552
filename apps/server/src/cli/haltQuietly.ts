import { existsSync } from "node:fs";
import { join } from "node:path";
import { classifyDriverError, deskSessions, type Db, type DbHandle, type DeskSession } from "@trenddojo/db";
import type { Logger } from "pino";
import { SystemClock, SystemRandom } from "@trenddojo/brokers";
import { AuditLog } from "../audit/AuditLog.ts";
import { createDesk } from "../createServer.ts";
import { EnvError, type Env } from "../env.ts";
import { beginHalt } from "../kill/beginHalt.ts";
import { CloseStack } from "../lib/CloseStack.ts";
import { IdMaker } from "../lib/IdMaker.ts";
import { openParts, openStore } from "../openParts.ts";
import type { ControlReport, ControlRequest } from "./controlSocket.ts";
import { reportOf, untilConfirmed, usersNamed } from "./haltDesk.ts";

type Halt = Extract<ControlRequest, { command: "halt" }>;

/** A desk that stands still within a transaction may hold the switch for ever. */
const LOCK_WAIT_MS = 5_000;
/** What is not open by then is asked as soon as it is. */
const OPEN_MS = 10_000;

/** Another process holds the switch: it was not flipped. */
export class SwitchHeld extends Error {
  override readonly name = "SwitchHeld";
}

/**
 * Where no desk listens here: opens the store and flips the switch. A desk that has the same store open elsewhere carries
 * it out; without one the brokers of who is halted are opened from here, through the same code as the desk. What of theirs
 * was not sent is never sent; nothing but cancels goes.
 * @param onDesks told of the desks elsewhere, perhaps none, once the switch is flipped
 * @throws EnvError, DbError DATA_DIR_LOCKED where another process has the store; NoSuchUser, SwitchHeld
 */
export async function haltQuietly(
  env: Env,
  log: Logger,
  request: Halt,
  onDesks: (desks: readonly DeskSession[]) => void,
): Promise<ControlReport> {
  assertDesk(env);
  await using stack = new CloseStack();
  const store = await openStore(env, stack);
  // Before anything else that could fail.
  await flip(store.db, request);
  const elsewhere = await desksOn(store);
  onDesks(elsewhere);
  if (elsewhere.length > 0) {
    const users = await usersNamed(store, request.user);
    return await untilConfirmed({ db: store.db, clock: new SystemClock() }, users, request.waitMs);
  }
  const desk = await createDesk(await openParts(env, log, stack, store));
  const asked = await usersNamed(desk, request.user);
  const isAsked = ({ userId }: { readonly userId: string }): boolean => asked.some(({ id }) => id === userId);
  stack.use(desk.connections);
  stack.use(desk.kill);
  await Promise.race([desk.connections.start(isAsked), desk.clock.sleep(OPEN_MS)]);
  await desk.kill.start(isAsked);
  return await untilConfirmed(desk, asked, request.waitMs);
}

/**
 * The switch alone, beside a desk that does not answer: it sends nothing from then on, and no broker is asked.
 * @throws as `haltQuietly`
 */
export async function flipSwitch(env: Env, request: Halt): Promise<ControlReport> {
  assertDesk(env);
  await using stack = new CloseStack();
  return await flip((await openStore(env, stack)).db, request);
}

/** What the store says, and which desks have it open elsewhere: null where nobody else can. */
export interface StoredStatus {
  readonly report: ControlReport;
  readonly desks: readonly DeskSession[] | null;
}

/** Without the server. @throws as `haltQuietly` */
export async function readStatus(env: Env, user: string | null): Promise<StoredStatus> {
  assertDesk(env);
  await using stack = new CloseStack();
  const store = await openStore(env, stack);
  const report = await reportOf(store, await usersNamed(store, user));
  return { report, desks: store.kind === "server" ? await desksOn(store) : null };
}

/** An embedded store is open in one process only. */
async function desksOn({ kind, db }: DbHandle): Promise<readonly DeskSession[]> {
  return kind === "server" ? deskSessions(db) : [];
}

async function flip(db: Db, { user, reason }: Halt): Promise<ControlReport> {
  const clock = new SystemClock();
  const books = { db, clock, ids: new IdMaker(clock, new SystemRandom()), audit: new AuditLog(clock) };
  const asked = await usersNamed(books, user);
  try {
    for (const { id: userId } of asked) {
      await beginHalt(books, { userId, by: null, source: "cli", reason }, { lockWaitMs: LOCK_WAIT_MS });
    }
  } catch (error) {
    if (classifyDriverError(error)?.kind !== "serialization") throw error;
    const message = `another process has held the switch for ${LOCK_WAIT_MS / 1_000} s, so not everyone asked for is halted: end the desk, and run this again`;
    throw new SwitchHeld(message, { cause: error });
  }
  return reportOf(books, asked);
}

/** A look at the wrong folder must not make a desk there. @throws EnvError */
function assertDesk({ DATABASE_URL, DATA_DIR }: Env): void {
  if (DATABASE_URL !== undefined || existsSync(join(DATA_DIR, "database"))) return;
  throw new EnvError(`there is no desk in ${DATA_DIR}: set DATA_DIR, or DATABASE_URL, as it is for the desk`);
}
