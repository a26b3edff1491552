import { users, type UserRow } from "@trenddojo/db";
import type { Desk } from "../Desk.ts";
import { tradingStateView } from "../risk/tradingStateView.ts";
import type { ControlReport, ControlRequest } from "./controlSocket.ts";

const LOOK_MS = 100;

/** A name that nobody has. */
export class NoSuchUser extends Error {
  override readonly name = "NoSuchUser";
}

/** That user, or everyone; also who was removed: their accounts are still at their brokers. @throws NoSuchUser */
export async function usersNamed({ db }: Pick<Desk, "db">, name: string | null): Promise<readonly UserRow[]> {
  if (name === null) return users.listEver(db);
  const user = await users.findEver(db, name.trim());
  if (user === null) throw new NoSuchUser(`there is no user "${name}"`);
  return [user];
}

export async function reportOf({ db }: Pick<Desk, "db">, of: readonly UserRow[]): Promise<ControlReport> {
  const views = [];
  for (const { id, username } of of) views.push({ username, ...(await tradingStateView(db, id)) });
  return { users: views };
}

/** Whether every broker of everyone who is halted has confirmed that nothing is open. */
export function isConfirmed({ users: all }: ControlReport): boolean {
  return all.every(({ halt }) => halt === null || halt.steps.every(({ state }) => state === "confirmed"));
}

/** Does what the command line asks of a desk that runs. @throws NoSuchUser */
export async function serveControl(desk: Desk, request: ControlRequest, signal: AbortSignal): Promise<ControlReport> {
  const asked = await usersNamed(desk, request.user);
  if (request.command === "status") return reportOf(desk, asked);
  const { reason, waitMs } = request;
  for (const { id: userId } of asked) await desk.kill.halt({ userId, by: null, source: "cli", reason });
  return untilConfirmed(desk, asked, waitMs, signal);
}

/** The report once all have confirmed, or as it stands after `waitMs`. */
export async function untilConfirmed(
  { db, clock }: Pick<Desk, "db" | "clock">,
  asked: readonly UserRow[],
  waitMs: number,
  signal?: AbortSignal,
): Promise<ControlReport> {
  const end = clock.monotonic() + waitMs;
  for (;;) {
    const report = await reportOf({ db }, asked);
    if (isConfirmed(report) || clock.monotonic() >= end || signal?.aborted === true) return report;
    await clock.sleep(LOOK_MS);
  }
}
