import type { BrokerClient } from "@trenddojo/brokers";
import type { AccountId, Balances, Clock, Position } from "@trenddojo/brokers/domain";
import type { Portfolio } from "../wire/accounts.ts";
import { isoInstant, isoInstantOrNull } from "../wire/encode.ts";

/** One answer of the broker serves everybody who asks within this time. */
const SHARED_FOR_MS = 400;

interface Reading {
  readonly portfolio: Portfolio;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** Balances and positions of accounts, asked of the broker once for all who watch, and kept for when it is away. */
export class PortfolioFeed {
  readonly #clock: Clock;
  readonly #latest = new Map<AccountId, Reading>();
  readonly #asking = new Map<AccountId, Promise<Portfolio>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What was last heard, with its own time of receipt; null before the first time. */
  latest(accountId: AccountId): Portfolio | null {
    return this.#latest.get(accountId)?.portfolio ?? null;
  }

  /** As the broker has it now, at most 400 ms old. @throws BrokerError */
  read(accountId: AccountId, client: BrokerClient): Promise<Portfolio> {
    const known = this.#latest.get(accountId);
    if (known !== undefined && this.#clock.monotonic() - known.at < SHARED_FOR_MS)
      return Promise.resolve(known.portfolio);
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
    const [balances, positions] = await Promise.all([client.getBalances(), client.getPositions()]);
    const portfolio: Portfolio = {
      accountId,
      balances: balancesView(balances),
      positions: positions.map(positionView),
      source: "broker",
      receivedAt: isoInstant(this.#clock.now()),
    };
    this.#latest.set(accountId, { portfolio, at: this.#clock.monotonic() });
    return portfolio;
  }
}

function balancesView({ asOf, ...amounts }: Balances): Portfolio["balances"] {
  return { ...amounts, asOf: isoInstant(asOf) };
}

function positionView({ markedAt, ...position }: Position): Portfolio["positions"][number] {
  return { ...position, markedAt: isoInstantOrNull(markedAt) };
}
