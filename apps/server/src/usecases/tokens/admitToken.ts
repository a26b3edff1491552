import type { TokenScope } from "@trenddojo/db";
import { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { TokenCaller } from "../../auth/ApiTokens.ts";
import type { TokenNeed } from "../../auth/TokenNeed.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { ownAccount, ownOrder } from "../owned.ts";

/** `paper` where the account that the call names must not be of real money. */
const GRANTS = {
  read: { read: true, stop: false, order: false },
  cancel_only: { read: true, stop: true, order: false },
  paper: { read: true, stop: "paper", order: "paper" },
  trade: { read: true, stop: true, order: true },
} as const satisfies Record<TokenScope, Record<Exclude<TokenNeed, "none">, boolean | "paper">>;

const named = z.union([z.object({ orderId: z.string() }), z.object({ accountId: z.string() })]);

/** One call of a program. */
interface TokenCall {
  readonly need: TokenNeed;
  /** "orders.place", … */
  readonly path: string;
  readonly isMutation: boolean;
  /** What the call says, not yet parsed. */
  readonly input: () => Promise<unknown>;
}

/**
 * Lets a token's call through when its scope covers it, and writes down which token changes what before it does.
 * @throws DeskError FORBIDDEN, or NOT_FOUND for what belongs to another
 */
export async function admitToken(desk: Desk, { actor, token }: TokenCaller, call: TokenCall): Promise<void> {
  const { need, path, isMutation } = call;
  const grant = need !== "none" && GRANTS[token.scope][need];
  if (grant === false)
    throw new DeskError("FORBIDDEN", `A token with the scope ${token.scope} may not call ${path}; nothing was done.`);
  if (grant === "paper") await assertNotLive(desk, actor, await call.input());
  if (!isMutation) return;
  const { id, username } = actor.user;
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: "token.used",
      subject: token.id,
      mode: null,
      message: `${username}'s token ${token.name} calls ${path}`,
      details: { procedure: path, scope: token.scope },
    }),
  );
}

/** A call that names no account reaches them all, and is refused. */
async function assertNotLive(desk: Desk, actor: TokenCaller["actor"], input: unknown): Promise<void> {
  const what = named.safeParse(input).data;
  if (what === undefined)
    throw new DeskError("FORBIDDEN", "A paper token reaches paper and mock accounts only; name one, or one's order.");
  const id = "orderId" in what ? (await ownOrder(desk, actor, what.orderId)).accountId : what.accountId;
  const { mode } = await ownAccount(desk, actor, id);
  if (mode === "live")
    throw new DeskError("FORBIDDEN", "A paper token reaches no account of real money; use a trade token for it.");
}
