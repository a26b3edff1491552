import type { AccountId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Executor } from "../Db.ts";
import { accounts } from "../schema/accounts.ts";
import { limitRaises, riskLimits, symbolLimits, tradingStates, type TradingState } from "../schema/risk.ts";
import type { LimitRaiseRow } from "./limitRaises.ts";
import type { RiskLimitsRow } from "./riskLimits.ts";
import type { SymbolLimitRow } from "./symbolLimits.ts";

/** All that is stored of what an order in one symbol is held to. */
export interface StoredRiskPolicy {
  readonly tradingState: TradingState;
  /** Null where nobody set any. */
  readonly limits: RiskLimitsRow | null;
  /** Those that last. */
  readonly raises: readonly LimitRaiseRow[];
  /** Null where the symbol has none of its own. */
  readonly symbol: SymbolLimitRow | null;
}

/** In one query, for it stands in the way of every order. */
export async function findForOrder(
  db: Executor,
  accountId: AccountId,
  { symbol, now }: { readonly symbol: string; readonly now: number },
): Promise<StoredRiskPolicy> {
  const rows = await db
    .select({ state: tradingStates.state, limits: riskLimits, raise: limitRaises, symbol: symbolLimits })
    .from(accounts)
    .leftJoin(tradingStates, eq(tradingStates.userId, accounts.userId))
    .leftJoin(riskLimits, eq(riskLimits.accountId, accounts.id))
    .leftJoin(symbolLimits, and(eq(symbolLimits.accountId, accounts.id), eq(symbolLimits.symbol, symbol)))
    .leftJoin(
      limitRaises,
      and(eq(limitRaises.accountId, accounts.id), gt(limitRaises.until, now), isNull(limitRaises.endedAt)),
    )
    .where(eq(accounts.id, accountId))
    .orderBy(asc(limitRaises.grantedAt), asc(limitRaises.id));
  const [first] = rows;
  return {
    tradingState: first?.state ?? "ACTIVE",
    limits: first?.limits ?? null,
    raises: rows.flatMap(({ raise }) => raise ?? []),
    symbol: first?.symbol ?? null,
  };
}
