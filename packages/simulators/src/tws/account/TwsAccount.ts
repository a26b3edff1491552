import {
  money,
  parseFixed,
  type Balances,
  type Fixed,
  type MarketData,
  type MarketNews,
  type Money,
  type Position,
} from "@trenddojo/brokers/domain";
import { PaperExchange, type PaperPreview, type PaperSnapshot } from "@trenddojo/brokers/paper";
import type { TwsMarket } from "../market/TwsMarket.ts";
import type { AccountNews } from "../orders/AccountNews.ts";
import { OrderDesk } from "../orders/OrderDesk.ts";
import type { OrderShelf } from "../orders/OrderShelf.ts";
import { parsedOrderOf, PROBE_LINK } from "../orders/parsedOrderOf.ts";
import type { OrderTicket } from "../orders/OrderTicket.ts";
import { refusalOfPreview } from "../orders/refusals.ts";
import type { TwsQuirks } from "../Quirks.ts";
import { CostBook } from "./CostBook.ts";
import { ExecutionLog } from "./ExecutionLog.ts";
import { twsProfile } from "./twsProfile.ts";

const DEFAULT_CASH = money("1000000");

export interface TwsAccountOptions {
  /** "DU1234567": paper ids begin with D. */
  readonly id: string;
  /** Dollars. @default "1000000" */
  readonly cash?: Money;
}

/** What a store keeps of an account, its orders aside. */
export interface KeptAccount {
  readonly snapshot: PaperSnapshot;
  readonly lastEquity: Money;
  /** By symbol, dollars. */
  readonly realized: readonly (readonly [symbol: string, realized: Fixed])[];
  readonly executionCounter: number;
  readonly linkCounter: number;
}

export interface TwsAccountParts {
  readonly options: TwsAccountOptions;
  readonly market: TwsMarket;
  readonly seed: number;
  readonly quirks: Required<TwsQuirks>;
  readonly shelf: OrderShelf;
  readonly tell: (news: AccountNews) => void;
  readonly kept: KeptAccount | null;
}

/** One account: the paper exchange, and the gateway's desk over it. */
export class TwsAccount {
  readonly id: string;
  readonly executions: ExecutionLog;
  readonly costs = new CostBook();
  readonly desk: OrderDesk;
  readonly #market: TwsMarket;
  readonly #exchange: PaperExchange;
  #lastEquity: Money;
  #links: number;

  constructor({ options, market, seed, quirks, shelf, tell, kept }: TwsAccountParts) {
    this.id = options.id;
    this.#market = market;
    const config = {
      seed,
      startingCash: options.cash ?? DEFAULT_CASH,
      // Parts of a share are not traded by way of this API.
      instruments: (symbol: string) => {
        const instrument = market.instrument(symbol);
        return instrument === undefined ? undefined : { ...instrument, fractionable: false };
      },
      session: (at: number) => market.sessionOf(at),
      profile: twsProfile(quirks, market.feed.description),
    };
    this.#exchange = kept === null ? PaperExchange.create(config) : PaperExchange.restore(config, kept.snapshot, []);
    this.#lastEquity = kept?.lastEquity ?? config.startingCash;
    this.#links = kept?.linkCounter ?? 0;
    const prefix = (0xe0d5 + seed).toString(16).padStart(8, "0").slice(-8);
    this.executions = new ExecutionLog(prefix, kept?.executionCounter ?? 0);
    for (const position of this.positions()) {
      this.costs.restate(position.symbol, parseFixed(position.quantity), parseFixed(position.averagePrice));
    }
    this.costs.restoreGains(kept?.realized ?? []);
    this.desk = new OrderDesk({
      account: this.id,
      exchange: () => this.#exchange,
      market,
      shelf,
      executions: this.executions,
      costs: this.costs,
      quirks,
      nextLink: () => this.#nextLink(),
      tell,
      onDay: (equity) => {
        this.#lastEquity = equity;
      },
    });
  }

  /** Takes in what the market knows already, and moves time to now. */
  begin(): void {
    const known = this.#market.instruments().flatMap(({ symbol }) => this.#market.latest(symbol) ?? []);
    for (const tick of known.toSorted((a, b) => a.timestamp - b.timestamp)) this.desk.onTick(tick);
    this.tend();
  }

  onTick(tick: MarketData): void {
    this.desk.onTick(tick);
  }

  onNews(news: MarketNews): void {
    if (news.kind === "status") this.desk.apply(this.#exchange.onStatus(news.status));
    else if (news.kind === "auction") this.desk.apply(this.#exchange.onAuction(news.auction));
    else {
      this.desk.apply(this.#exchange.onCorporateAction(news.action));
      for (const { symbol, quantity, averagePrice } of this.positions()) {
        this.costs.restate(symbol, parseFixed(quantity), parseFixed(averagePrice));
      }
    }
  }

  /** Moves time on. */
  tend(): void {
    this.desk.tend();
  }

  /** Dollars at the start of this market day. */
  get lastEquity(): Fixed {
    return parseFixed(this.#lastEquity);
  }

  balances(): Balances {
    return this.#exchange.balances(this.#now());
  }

  /** By symbol; none that is flat. */
  positions(): readonly Position[] {
    return this.#exchange.positions();
  }

  /** What an order would need; undefined where there is no price to reckon with. @throws TwsRefusal where it may not go. */
  preview(ticket: OrderTicket, symbol: string): PaperPreview | undefined {
    const order = parsedOrderOf(ticket, symbol, PROBE_LINK);
    const refusal = this.#exchange.refusalOf(this.#now(), order);
    if (refusal !== undefined) refusalOfPreview(refusal);
    return this.#exchange.preview(this.#now(), order);
  }

  /** Number of the exchange's last event. */
  get sequence(): number {
    return this.#exchange.sequence;
  }

  keep(): KeptAccount {
    return {
      snapshot: this.#exchange.snapshot(),
      lastEquity: this.#lastEquity,
      realized: this.costs.gains(),
      executionCounter: this.executions.counter,
      linkCounter: this.#links,
    };
  }

  #now(): number {
    return Math.max(this.#market.now(), this.#exchange.now);
  }

  #nextLink(): string {
    this.#links += 1;
    return `T${this.#links}`;
  }
}
