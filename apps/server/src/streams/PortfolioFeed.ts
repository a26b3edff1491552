import type { BrokerClient } from "@trenddojo/brokers";
import type { AccountId, Balances, Clock, Position } from "@trenddojo/brokers/domain";
import type { Portfolio } from "../wire/accounts.ts";
import { isoInstant, isoInstantOrNull } from "../wire/encode.ts";
import { subjects, type TickBus } from "./TickBus.ts";

/** One answer of the broker serves everybody who asks within this time. */
const SHARED_FOR_MS = 400;
/** The same of a broker that is asked over the network, and counts the questions: Alpaca takes 200 a minute for everything. */
const SHARED_REMOTELY_FOR_MS = 3_000;

interface Reading {
  readonly portfolio: Portfolio;
  /** How often the account had changed when the broker was asked. */
  readonly change: number;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** Balances and positions of accounts, asked of the broker once for all who watch, and kept for when it is away. */
export class PortfolioFeed {
  readonly #clock: Clock;
  readonly #bus: TickBus;
  /** How often each account has changed since it was first asked for. */
  readonly #changes = new Map<AccountId, number>();
  readonly #latest = new Map<AccountId, Reading>();
  readonly #asking = new Map<AccountId, Promise<Portfolio>>();

  constructor(clock: Clock, bus: TickBus) {
    this.#clock = clock;
    this.#bus = bus;
  }

  /** What was last heard, with its own time of receipt; null before the first time. */
  latest(accountId: AccountId): Portfolio | null {
    return this.#latest.get(accountId)?.portfolio ?? null;
  }

  /**
   * As the broker has it now, at most 400 ms old; 3 s where it is asked over the network, unless an order has changed since.
   * @throws BrokerError
   */
  read(accountId: AccountId, client: BrokerClient): Promise<Portfolio> {
    const known = this.#latest.get(accountId);
    const isRemote = client.getConnectionStatus().channels.rest.state !== "unused";
    const sharedForMs = isRemote ? SHARED_REMOTELY_FOR_MS : SHARED_FOR_MS;
    const isRecent = known !== undefined && this.#clock.monotonic() - known.at < sharedForMs;
    if (isRecent && known.change === this.#follow(accountId)) return Promise.resolve(known.portfolio);
    return this.refresh(accountId, client);
  }

  /** As the broker has it now; calls at the same time share one answer. @throws BrokerError */
  refresh(accountId: AccountId, client: BrokerClient): Promise<Portfolio> {
    const asking =
      this.#asking.get(accountId) ?? this.#ask(accountId, client).finally(() => this.#asking.delete(accountId));
    this.#asking.set(accountId, asking);
    return asking;
  }

  async #ask(accountId: AccountId, client: BrokerClient): Promise<Portfolio> {
    const change = this.#follow(accountId);
    const [balances, positions] = await Promise.all([client.getBalances(), client.getPositions()]);
    const portfolio: Portfolio = {
      accountId,
      balances: balancesView(balances),
      positions: positions.map(positionView),
      source: "broker",
      receivedAt: isoInstant(this.#clock.now()),
    };
    this.#latest.set(accountId, { portfolio, change, at: this.#clock.monotonic() });
    return portfolio;
  }

  /** @returns how often the account has changed, counted from the first call on */
  #follow(accountId: AccountId): number {
    const changes = this.#changes.get(accountId);
    if (changes !== undefined) return changes;
    this.#changes.set(accountId, 0);
    this.#bus.subscribe(subjects.holdings(accountId), () => {
      this.#changes.set(accountId, (this.#changes.get(accountId) ?? 0) + 1);
    });
    return 0;
  }
}

function balancesView({ asOf, ...amounts }: Balances): Portfolio["balances"] {
  return { ...UNTOLD, ...amounts, asOf: isoInstant(asOf) };
}

/** What not every broker tells. */
const UNTOLD = {
  settledCash: null,
  dividends: null,
  accruedDividends: null,
  borrowFees: null,
  marginDeficit: null,
} as const;

function positionView({ markedAt, ...position }: Position): Portfolio["positions"][number] {
  return { ...position, markedAt: isoInstantOrNull(markedAt) };
}
