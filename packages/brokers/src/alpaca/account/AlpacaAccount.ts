import { reservedBy } from "../../accounting/reservedBy.ts";
import { riskMetricsFrom } from "../../accounting/riskMetricsFrom.ts";
import type { CallOptions } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import type { Clock } from "../../domain/Clock.ts";
import type { AccountInfo, Balances, RiskMetrics } from "../../domain/account.ts";
import { abs, max, money, parseFixed, type Fixed } from "../../domain/decimal.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { Order } from "../../domain/order.ts";
import type { Position } from "../../domain/position.ts";
import type { AskingFor } from "../../judging/OrderJudge.ts";
import { ALPACA } from "../alpacaName.ts";
import type { TradingRest } from "../rest/TradingRest.ts";
import type { WireAccount, WirePosition } from "../rest/wireAccount.ts";
import type { GainsHistory } from "./GainsHistory.ts";
import { toPositions } from "./toPositions.ts";

/** What the account is worth and holds, read together: all that the rules for an order look at. */
export interface Holdings {
  readonly account: WireAccount;
  readonly positions: readonly Position[];
  /** Epoch milliseconds of our clock. */
  readonly readAt: number;
}

/** That, and what closed positions earned. */
export interface AccountFacts extends Holdings {
  /** Of all closed positions, in dollars; null while it is not known. */
  readonly realized: Fixed | null;
}

interface Answer {
  readonly account: WireAccount;
  readonly positions: readonly WirePosition[];
  readonly readAt: number;
  /** The count of changes when it was asked for. */
  readonly changes: number;
}

/** The same facts serve the questions that one order raises. */
const FRESH_MS = 1_000;

/** The account's money and positions, in the desk's words. */
export class AlpacaAccount {
  readonly #rest: TradingRest;
  readonly #gains: GainsHistory;
  readonly #clock: Clock;
  #facts: AccountFacts | null = null;
  /** Grows with everything that may have moved money: facts that were asked for before it are not kept. */
  #changes = 0;
  #reading: { readonly changes: number; readonly facts: Promise<AccountFacts> } | null = null;
  /** The last that came, however old. */
  #answer: Answer | null = null;
  #asking: { readonly changes: number; readonly urgency: AskingFor; readonly answer: Promise<Answer> } | null = null;

  constructor(rest: TradingRest, gains: GainsHistory, clock: Clock) {
    this.#rest = rest;
    this.#gains = gains;
    this.#clock = clock;
  }

  /** Something happened: what was read before is old. */
  changed(): void {
    this.#changes += 1;
    this.#facts = null;
  }

  /** What was held when Alpaca was asked last, however long ago; null before the first answer. */
  lastHeld(): readonly Position[] | null {
    return this.#answer === null ? null : toPositions(this.#answer.positions, null, this.#answer.readAt);
  }

  /**
   * As `recent`, without what closed positions earned: no order waits for the list of executions.
   * @throws BrokerError
   */
  async holdings(urgency: AskingFor, options: CallOptions = {}): Promise<Holdings> {
    const { account, positions, readAt } = await waitFor(ALPACA, this.#ask(urgency), options, "refused");
    return { account, positions: toPositions(positions, null, readAt), readAt };
  }

  /**
   * What Alpaca said within the last second, unless something happened since; else it is asked, once for all who wait.
   * @throws BrokerError
   */
  async recent(options: CallOptions = {}): Promise<AccountFacts> {
    const facts = this.#facts;
    if (facts !== null && this.#clock.now() - facts.readAt <= FRESH_MS) return facts;
    if (this.#reading?.changes !== this.#changes) {
      const reading = { changes: this.#changes, facts: this.#read() };
      this.#reading = reading;
      void reading.facts
        .catch(() => undefined)
        .finally(() => {
          if (this.#reading === reading) this.#reading = null;
        });
    }
    return waitFor(ALPACA, this.#reading.facts, options, "refused");
  }

  async #read(): Promise<AccountFacts> {
    const changes = this.#changes;
    const [{ account, positions, readAt }, gains] = await Promise.all([
      this.#ask("read"),
      // Without it there is still all that Alpaca itself says.
      this.#gains.gains().catch(() => null),
    ]);
    const realized = gains?.against(positions) ?? null;
    const facts = {
      account,
      positions: toPositions(positions, realized?.bySymbol ?? null, readAt),
      realized: realized?.total ?? null,
      readAt,
    };
    if (changes === this.#changes) this.#facts = facts;
    return facts;
  }

  async #ask(urgency: AskingFor): Promise<Answer> {
    const changes = this.#changes;
    const known = this.#answer;
    if (known?.changes === changes && this.#clock.now() - known.readAt <= FRESH_MS) return known;
    const asked = this.#asking;
    // What is urgent does not wait behind a question that is not.
    if (asked?.changes === changes && (urgency === "read" || asked.urgency === "reduce")) return asked.answer;
    const asking = { changes, urgency, answer: this.#askAlpaca(urgency) };
    this.#asking = asking;
    try {
      return await asking.answer;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  async #askAlpaca(urgency: AskingFor): Promise<Answer> {
    const changes = this.#changes;
    const [account, positions] = await Promise.all([
      this.#rest.getAccount({}, urgency),
      this.#rest.getPositions({}, urgency),
    ]);
    const answer = { account, positions, readAt: this.#clock.now(), changes };
    if ((this.#answer?.changes ?? 0) <= changes) this.#answer = answer;
    return answer;
  }
}

export function toAccountInfo({ account, positions }: AccountFacts, mode: Mode): AccountInfo {
  return {
    accountId: account.account_number,
    mode,
    currency: "USD",
    balance: money(account.cash),
    equity: money(account.equity),
    buyingPower: money(account.buying_power),
    positions,
  };
}

export function toBalances({ account, positions, realized, readAt }: AccountFacts, open: readonly Order[]): Balances {
  const deficit = max(0n, account.maintenance_margin - account.equity);
  return {
    currency: "USD",
    cash: money(account.cash),
    equity: money(account.equity),
    buyingPower: money(account.buying_power),
    reserved: money(reservedBy(open)),
    longMarketValue: money(account.long_market_value),
    shortMarketValue: money(account.short_market_value),
    initialMargin: money(account.initial_margin),
    maintenanceMargin: money(account.maintenance_margin),
    unrealizedPnl: money(sum(positions.map(({ unrealizedPnl }) => parseFixed(unrealizedPnl ?? "0")))),
    realizedPnl: realized === null ? null : money(realized),
    dayPnl: money(account.equity - account.last_equity),
    // Alpaca books regulatory fees by the day and does not sum them up.
    fees: money(0n),
    marginDeficit: money(deficit),
    asOf: readAt,
  };
}

export function toRiskMetrics({ account, positions, readAt }: AccountFacts, openOrders: number): RiskMetrics {
  const { equity, long_market_value: longMarketValue, last_equity: startOfDayEquity } = account;
  const shortMarketValue = -abs(account.short_market_value);
  return riskMetricsFrom(
    { equity, startOfDayEquity, longMarketValue, shortMarketValue, positions, readAt },
    openOrders,
  );
}

const sum = (values: readonly Fixed[]): Fixed => values.reduce((total, value) => total + value, 0n);
