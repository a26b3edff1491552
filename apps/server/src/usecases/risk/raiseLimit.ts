import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import type { RiskLimits } from "@trenddojo/brokers/rules";
import { accounts, limitRaises } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { notFound } from "../../DeskError.ts";
import { isAbove, type RaisableLimit } from "../../risk/effectiveLimits.ts";
import { readLimits } from "../../risk/readLimits.ts";
import { isoInstant } from "../../wire/encode.ts";
import { riskLimits, type raiseLimitInput, type RiskPolicyView } from "../../wire/risk.ts";
import { confirmPerson } from "../auth/confirmPerson.ts";
import { ownAccount } from "../owned.ts";
import { invalidLimit } from "./invalidLimit.ts";
import { riskPolicyView } from "./riskPolicyView.ts";

const MINUTE_MS = 60_000;

/**
 * Raises one limit for a time, with the password again. It ends by itself: what is over is not looked at.
 * @throws DeskError NOT_FOUND, STEP_UP_REQUIRED, BAD_CREDENTIALS, TOO_MANY_REQUESTS, INVALID_INPUT
 */
export async function raiseLimit(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof raiseLimitInput>,
  address: string,
): Promise<RiskPolicyView> {
  const account = await ownAccount(desk, actor, input.accountId);
  const { field, minutes } = input;
  const raisedTo = readLimit(field, input.raisedTo);
  await confirmPerson(desk, actor, { password: input.password, address });
  await desk.db.transaction(async (tx) => {
    if ((await accounts.lock(tx, account.id)) === null) throw notFound("account");
    const now = desk.clock.now();
    const limits = await readLimits(tx, account.id, now);
    assertRaises(limits, field, raisedTo);
    const before = formatFixed(parseFixed(limits[field]));
    const until = now + minutes * MINUTE_MS;
    const raise = { accountId: account.id, field, before, raisedTo, grantedAt: now, grantedBy: actor.user.id, until };
    const { id } = await limitRaises.insert(tx, { id: desk.ids.uuid(), ...raise });
    await desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "risk.limit_raised",
      subject: id,
      mode: account.mode,
      message: `${actor.user.username} raised ${field} of ${account.venueAccountId} from ${before} to ${raisedTo} until ${isoInstant(until)}`,
      details: { field, before, raisedTo, until: isoInstant(until) },
    });
  });
  await desk.openAccounts.policyChanged(account.connectionId);
  return riskPolicyView(desk, account);
}

/** Canonical. @throws DeskError INVALID_INPUT for what the limit itself could not be */
function readLimit(field: RaisableLimit, text: string): string {
  const isAmount = field === "maxOrderValue" || field === "maxOrderQuantity";
  // Each field's own bounds; an amount is text, the others are numbers.
  const parsed = riskLimits.shape[field].safeParse(isAmount || text.trim() === "" ? text : Number(text));
  if (!parsed.success) throw invalidLimit("raisedTo", parsed.error.issues[0]?.message ?? "is no limit");
  return formatFixed(parseFixed(parsed.data));
}

/** @throws DeskError INVALID_INPUT */
function assertRaises(limits: RiskLimits, field: RaisableLimit, raisedTo: string): void {
  if (isAbove(limits, field, raisedTo)) return;
  const limit = formatFixed(parseFixed(limits[field]));
  throw invalidLimit("raisedTo", `must be above ${limit}, which holds already; set a lower one in the limits`, {
    limit,
    given: raisedTo,
  });
}
