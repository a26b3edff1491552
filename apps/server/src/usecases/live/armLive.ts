import type { AccountRow } from "@trenddojo/db";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { readLimits } from "../../risk/readLimits.ts";
import type { armLiveInput, LiveStateView } from "../../wire/live.ts";
import type { RiskLimitsView } from "../../wire/risk.ts";
import { requireProof } from "../auth/requireProof.ts";
import { ownAccount } from "../owned.ts";
import { limitsView } from "../risk/limitsView.ts";
import { armObstacle, readLive } from "./readLive.ts";

/** What a person types of an account's number. */
const SUFFIX_LENGTH = 4;

/**
 * Lets an account of real money take orders of this session, for a time: with a second factor's proof that is at most five
 * minutes old, the end of the account's number, and the limits as the person saw them.
 * @throws DeskError NOT_FOUND, NOT_SUPPORTED for other money, LIVE_UNAVAILABLE, STEP_UP_REQUIRED, INVALID_INPUT
 */
export async function armLive(desk: Desk, actor: Actor, input: z.infer<typeof armLiveInput>): Promise<LiveStateView> {
  const account = await ownAccount(desk, actor, input.accountId);
  if (account.mode !== "live")
    throw new DeskError("NOT_SUPPORTED", `The account is in ${account.mode} mode: it needs no arming.`);
  const obstacle = await armObstacle(desk, actor);
  if (obstacle !== null) throw obstacle;
  assertSuffix(account, input.suffix);
  const limits = limitsView(await readLimits(desk.db, account.id, desk.clock.now()));
  if (!isSame(limits, input.reviewedLimits))
    throw invalid("reviewedLimits", "The limits have changed since they were shown: look at them again, then arm.");
  await requireProof(desk, actor);
  await desk.live.arm(actor, account);
  // Signed out meanwhile, or no browser's session at all.
  if (!(await desk.sessions.isAlive(actor.sessionId))) desk.live.disarm(account.id, "session");
  return readLive(desk, actor);
}

/** @throws DeskError INVALID_INPUT */
function assertSuffix({ venueAccountId }: AccountRow, typed: string): void {
  const end = venueAccountId.slice(-SUFFIX_LENGTH);
  if (typed.toUpperCase() === end.toUpperCase()) return;
  throw invalid("suffix", `These are not the last ${end.length} characters of the account's number.`);
}

function invalid(field: string, message: string): DeskError {
  return new DeskError("INVALID_INPUT", message, {
    issues: [{ code: "INVALID_INPUT", field, message, params: {} }],
  });
}

function isSame(one: RiskLimitsView, other: RiskLimitsView): boolean {
  const textOf = (limits: RiskLimitsView): string =>
    JSON.stringify(Object.entries(limits).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return textOf(one) === textOf(other);
}
