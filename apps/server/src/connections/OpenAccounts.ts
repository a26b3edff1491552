import type { AccountId, ConnectionId } from "@trenddojo/brokers/domain";
import { DEFAULT_RISK_LIMITS, type RiskLimits, type TradingState } from "@trenddojo/brokers/rules";
import { paperAccounts, riskLimits, tradingStates, type Db, type Executor } from "@trenddojo/db";
import type { ConnectionWithAccount } from "./ConnectionWithAccount.ts";

/** What an account's orders are held to. */
export interface AccountPolicy {
  readonly limits: RiskLimits;
  readonly tradingState: TradingState;
}

interface OpenAccount {
  readonly accountId: AccountId;
  readonly policy: AccountPolicy;
  /** Of a paper account; null of any other. */
  readonly seed: number | null;
}

/**
 * What the exchange that runs in this process must know of each open connection without waiting: its account, limits
 * and trading state. A copy of the database for it alone; the desk's own checks read the database.
 */
export class OpenAccounts {
  readonly #db: Db;
  readonly #byConnection = new Map<ConnectionId, OpenAccount>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Reads them from the database; call it before the connection is opened. */
  async load({ connection, account }: ConnectionWithAccount): Promise<void> {
    const limits = await readLimits(this.#db, account.id);
    const tradingState = await tradingStates.get(this.#db, connection.userId);
    const seed = (await paperAccounts.find(this.#db, account.id))?.seed ?? null;
    this.#byConnection.set(connection.id, { accountId: account.id, policy: { limits, tradingState }, seed });
  }

  /** After new limits were committed. */
  limitsChanged(connectionId: ConnectionId, limits: RiskLimits): void {
    const open = this.#byConnection.get(connectionId);
    if (open !== undefined) this.#byConnection.set(connectionId, { ...open, policy: { ...open.policy, limits } });
  }

  policy(connectionId: ConnectionId): AccountPolicy {
    return this.#require(connectionId).policy;
  }

  accountId(connectionId: ConnectionId): AccountId {
    return this.#require(connectionId).accountId;
  }

  /** What sets the ids of a paper account's orders apart. */
  seed(connectionId: ConnectionId): number {
    const { seed } = this.#require(connectionId);
    if (seed === null) throw new Error(`connection ${connectionId} leads to no paper account`);
    return seed;
  }

  #require(connectionId: ConnectionId): OpenAccount {
    const open = this.#byConnection.get(connectionId);
    if (open === undefined) throw new Error(`connection ${connectionId} was opened without its account`);
    return open;
  }
}

/** The limits a person set for an account, or the defaults of the rules. */
export async function readLimits(db: Executor, accountId: AccountId): Promise<RiskLimits> {
  const row = await riskLimits.find(db, accountId);
  if (row === null) return DEFAULT_RISK_LIMITS;
  const { maxOrderValue, maxOrderQuantity, maxPositionFraction, maxExposureFraction, maxDailyLossFraction } = row;
  return {
    ...DEFAULT_RISK_LIMITS,
    maxOrderValue,
    maxOrderQuantity,
    maxPositionFraction,
    maxExposureFraction,
    maxDailyLossFraction,
    priceCollarFraction: row.priceCollarFraction,
    maxOrdersPerMinute: row.maxOrdersPerMinute,
  };
}
