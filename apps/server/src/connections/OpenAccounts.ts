import type { AccountId, Clock, ConnectionId, UserId } from "@trenddojo/brokers/domain";
import type { RiskLimits, SymbolLimits, TradingState } from "@trenddojo/brokers/rules";
import {
  limitRaises,
  paperAccounts,
  riskLimits,
  symbolLimits,
  tradingStates,
  type Db,
  type LimitRaiseRow,
} from "@trenddojo/db";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { baseLimits, effectiveLimits, limitsBySymbol } from "../risk/effectiveLimits.ts";
import type { ConnectionWithAccount } from "./ConnectionWithAccount.ts";

/** What an account's orders are held to. */
export interface AccountPolicy {
  readonly limits: RiskLimits;
  readonly symbols: ReadonlyMap<string, SymbolLimits>;
  readonly tradingState: TradingState;
}

interface StoredPolicy {
  readonly base: RiskLimits;
  /** Those that lasted when it was read. */
  readonly raises: readonly LimitRaiseRow[];
  readonly symbols: ReadonlyMap<string, SymbolLimits>;
  readonly tradingState: TradingState;
}

interface OpenAccount {
  readonly accountId: AccountId;
  readonly userId: UserId;
  readonly policy: StoredPolicy;
  /** Of a paper account; null of any other. */
  readonly seed: number | null;
}

/**
 * What the clients that run in this process must know of each open connection without waiting: its account, limits
 * and trading state. A copy of the database for them alone; the desk's own checks read the database.
 */
export class OpenAccounts {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #byConnection = new Map<ConnectionId, OpenAccount>();
  /** One read after the other, so that an older one never takes the place of a newer. */
  readonly #reads = new SerialQueue();

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Reads them from the database; call it before the connection is opened. */
  load({ connection: { id, userId }, account: { id: accountId } }: ConnectionWithAccount): Promise<void> {
    return this.#reads.run(async () => {
      const seed = (await paperAccounts.find(this.#db, accountId))?.seed ?? null;
      this.#byConnection.set(id, { accountId, userId, policy: await this.#read(accountId, userId), seed });
    });
  }

  /** After new limits, or a raise of one, were committed. */
  policyChanged(connectionId: ConnectionId): Promise<void> {
    return this.#reads.run(async () => {
      const open = this.#byConnection.get(connectionId);
      if (open === undefined) return;
      this.#byConnection.set(connectionId, { ...open, policy: await this.#read(open.accountId, open.userId) });
    });
  }

  /** After the user's trading state was committed. */
  async tradingStateChanged(userId: UserId): Promise<void> {
    const own = [...this.#byConnection].filter(([, open]) => open.userId === userId);
    await Promise.all(own.map(([connectionId]) => this.policyChanged(connectionId)));
  }

  /** As it holds now: a raise that is over is none. */
  policy(connectionId: ConnectionId): AccountPolicy {
    const { base, raises, symbols, tradingState } = this.#require(connectionId).policy;
    const now = this.#clock.now();
    const lasting = raises.filter(({ until }) => until > now);
    return { limits: effectiveLimits(base, lasting), symbols, tradingState };
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

  async #read(accountId: AccountId, userId: UserId): Promise<StoredPolicy> {
    return {
      base: baseLimits(await riskLimits.find(this.#db, accountId)),
      raises: await limitRaises.listLasting(this.#db, accountId, this.#clock.now()),
      symbols: limitsBySymbol(await symbolLimits.list(this.#db, accountId)),
      tradingState: await tradingStates.get(this.#db, userId),
    };
  }

  #require(connectionId: ConnectionId): OpenAccount {
    const open = this.#byConnection.get(connectionId);
    if (open === undefined) throw new Error(`connection ${connectionId} was opened without its account`);
    return open;
  }
}
