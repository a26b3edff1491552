import { apiTokens, users, type TokenScope } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { newApiToken } from "../../auth/ApiTokens.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { Role } from "../../wire/auth.ts";
import type { CreateTokenInput, NewTokenView } from "../../wire/tokens.ts";
import { requireProof } from "../auth/requireProof.ts";
import { tokenView } from "./tokenView.ts";

/** Tokens of one person that hold at once. */
const MAX_TOKENS = 20;
const DAY_MS = 24 * 3_600_000;

/** What a person of this role has to give away. The role is looked at with every call, too. */
const SCOPES = {
  viewer: ["read"],
  cancel_only: ["read", "cancel_only"],
  trader: ["read", "cancel_only", "paper", "trade"],
  owner: ["read", "cancel_only", "paper", "trade"],
} as const satisfies Record<Role, readonly TokenScope[]>;

/**
 * Makes a token for a program. Its secret is in this answer and nowhere else.
 * @throws DeskError STEP_UP_REQUIRED, FORBIDDEN, INVALID_INPUT
 */
export async function createToken(desk: Desk, actor: Actor, input: CreateTokenInput): Promise<NewTokenView> {
  const { id: userId, username, role } = actor.user;
  const scopes: readonly TokenScope[] = SCOPES[role];
  if (!scopes.includes(input.scope))
    throw new DeskError(
      "FORBIDDEN",
      `A ${role} may give no token the scope ${input.scope}; choose ${scopes.join(", ")}.`,
    );
  const createdAt = desk.clock.now();
  const { token, tokenHash, ending } = newApiToken();
  const { name, scope, days } = input;
  const expiresAt = createdAt + days * DAY_MS;
  const row = { id: desk.ids.uuid(), userId, tokenHash, ending, name, scope, createdAt, expiresAt };
  await desk.db.transaction(async (tx) => {
    // Held as they are: a session that a new password ends makes no token that outlives it.
    await users.lock(tx, userId);
    await requireProof(desk, actor, tx);
    const held = await apiTokens.listByUser(tx, userId, createdAt);
    if (held.length >= MAX_TOKENS)
      throw new DeskError("INVALID_INPUT", `You have ${MAX_TOKENS} tokens; revoke one that is not used.`);
    await apiTokens.insert(tx, row);
    await desk.audit.append(tx, {
      chain: chains.user(userId),
      userId,
      action: "token.created",
      subject: row.id,
      mode: null,
      message: `${username} made the token ${name} with the scope ${scope}, for ${days} days`,
      details: { name, scope, days },
    });
  });
  return { ...tokenView({ ...row, lastUsedAt: null }), token };
}
