import type { AccountId } from "@trenddojo/brokers/domain";
import { and, asc, eq, gt, isNull, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Executor } from "../Db.ts";
import { textsParam } from "../rows.ts";
import { accounts } from "../schema/accounts.ts";
import { limitRaises, riskLimits, symbolLimits, tradingStates, type TradingState } from "../schema/risk.ts";
import { together } from "../together.ts";
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

/** Whose, in what, and when: epoch milliseconds. */
export interface RiskPolicyQuery {
  readonly accountId: AccountId;
  readonly symbol: string;
  readonly now: number;
}

/** In one query, for it stands in the way of every order. */
export const findForOrder = together(
  async (db: Executor, asked: readonly RiskPolicyQuery[]): Promise<readonly StoredRiskPolicy[]> => {
    const earliest = Math.min(...asked.map(({ now }) => now));
    const rows = await db
      .select({
        accountId: accounts.id,
        state: tradingStates.state,
        limits: riskLimits,
        raise: limitRaises,
        symbol: symbolLimits,
      })
      .from(accounts)
      .leftJoin(tradingStates, eq(tradingStates.userId, accounts.userId))
      .leftJoin(riskLimits, eq(riskLimits.accountId, accounts.id))
      .leftJoin(
        symbolLimits,
        and(eq(symbolLimits.accountId, accounts.id), isAnyOf(symbolLimits.symbol, asked, "symbol")),
      )
      .leftJoin(
        limitRaises,
        and(eq(limitRaises.accountId, accounts.id), gt(limitRaises.until, earliest), isNull(limitRaises.endedAt)),
      )
      .where(isAnyOf(accounts.id, asked, "accountId"))
      .orderBy(asc(limitRaises.grantedAt), asc(limitRaises.id));
    return asked.map(({ accountId, symbol, now }) => {
      const own = rows.filter((row) => row.accountId === accountId);
      const raises = own.flatMap(({ raise }) =>
        raise === null || raise.until <= now ? [] : [[raise.id, raise] as const],
      );
      return {
        tradingState: own[0]?.state ?? "ACTIVE",
        limits: own[0]?.limits ?? null,
        // Once for each symbol that was asked for.
        raises: [...new Map(raises).values()],
        symbol: own.find((row) => row.symbol?.symbol === symbol)?.symbol ?? null,
      };
    });
  },
);

function isAnyOf(column: AnyPgColumn, asked: readonly RiskPolicyQuery[], key: "accountId" | "symbol"): SQL {
  return sql`${column} = any(${textsParam(asked.map((each) => each[key]))})`;
}
