import { SeededRandom, type ExchangeSession } from "@trenddojo/brokers";
import {
  money,
  parseFixed,
  type Balances,
  type Fixed,
  type MarketData,
  type MarketNews,
  type MarketSession,
  type Money,
  type Position,
  type Random,
} from "@trenddojo/brokers/domain";
import { PaperExchange } from "@trenddojo/brokers/paper";
import type { AccountStore } from "../../AccountStore.ts";
import type { SimulatedMarket } from "../market/SimulatedMarket.ts";
import type { JournalOrder } from "../SimulatorJournal.ts";
import { uuid } from "../wire/ids.ts";
import type { Nanos } from "../wire/instant.ts";
import { NanoClock } from "../wire/NanoClock.ts";
import {
  DEFAULT_SETTINGS,
  GOOD_STANDING,
  patchSettings,
  type AccountSettings,
  type AccountStanding,
} from "./AccountSettings.ts";
import { readState, writeState, type AccountState } from "./accountState.ts";
import { BookingLedger } from "./BookingLedger.ts";
import { expireDayOrders } from "./changeOrders.ts";
import { EquityHistory } from "./EquityHistory.ts";
import { EventTranslator } from "./EventTranslator.ts";
import { OrderDiary } from "./OrderDiary.ts";
import { OrderLedger } from "./OrderLedger.ts";
import { paperProfile } from "./paperProfile.ts";
import type { FillActivity, TradeUpdate } from "./TradeUpdate.ts";
import { submitQueued } from "./submitOrders.ts";
import type { VendorQuirks } from "./VendorQuirks.ts";
import { isQueued, type VendorOrder } from "./VendorOrder.ts";

const DEFAULT_CASH = money("100000");

/** A prime above the distance of any two accounts' seeds. */
const LIFE_STEP = 1_000_003;

export interface SimulatedAccountOptions {
  readonly key: string;
  readonly secret: string;
  /** Dollars. @default "100000" */
  readonly cash?: Money;
}

export interface AccountParts {
  readonly options: SimulatedAccountOptions;
  readonly market: SimulatedMarket;
  readonly seed: number;
  readonly quirks: Required<VendorQuirks>;
  /** Where the account is kept; null where it ends with the process. */
  readonly store: AccountStore | null;
  /** Hears what becomes of orders, once it is kept and before anybody is told. */
  readonly onOrder: (entry: Omit<JournalOrder, "kind" | "at">) => void;
}

/** One account of the vendor's: the paper exchange, and around it what the vendor makes of it. */
export class SimulatedAccount {
  readonly key: string;
  readonly id: string;
  readonly accountNumber: string;
  readonly createdAt: Nanos;
  readonly market: SimulatedMarket;
  readonly quirks: Required<VendorQuirks>;
  readonly ledger = new OrderLedger();
  readonly history = new EquityHistory();
  readonly fills: FillActivity[] = [];
  readonly bookings: BookingLedger;
  readonly translator: EventTranslator;
  standing: AccountStanding = GOOD_STANDING;
  /** Whether an order waits for the opening. */
  hasQueued = false;
  readonly #seed: number;
  readonly #secret: string;
  readonly #random: Random;
  readonly #nanos: NanoClock;
  readonly #startingCash: Money;
  readonly #outbox: TradeUpdate[] = [];
  readonly #listeners = new Set<(update: TradeUpdate) => void>();
  readonly #store: AccountStore | null;
  readonly #diary: OrderDiary;
  #keptVersion = "";
  #keptSettings: AccountSettings | null = null;
  #exchange: PaperExchange;
  #settings: AccountSettings;
  #session: MarketSession;
  #lastEquity: Money;

  /** @throws AccountStateError where what is kept cannot be read. */
  constructor({ options, market, seed, quirks, store, onOrder }: AccountParts) {
    this.key = options.key;
    this.market = market;
    this.quirks = quirks;
    this.#seed = seed;
    this.#secret = options.secret;
    this.#store = store;
    this.#startingCash = options.cash ?? DEFAULT_CASH;
    const text = store?.load(options.key) ?? null;
    const kept = text === null ? null : readState(text);
    const identity = new SeededRandom(seed);
    this.id = uuid(identity);
    this.accountNumber = `PA${uuid(identity).replaceAll("-", "").slice(0, 10).toUpperCase()}`;
    const { key, accountNumber: account } = this;
    this.#diary = new OrderDiary(this.ledger, (entry) => onOrder({ key, account, ...entry }));
    // The ids of a new life are none of the last, which may have begun in the same millisecond.
    const life = seed + market.now() + LIFE_STEP * (kept?.orders.length ?? 0);
    this.#random = new SeededRandom(life);
    this.#nanos = new NanoClock(new SeededRandom(life + 1));
    this.bookings = new BookingLedger({
      random: this.#random,
      stamp: () => this.stamp(),
      delay: quirks.activityDelay,
    });
    this.#settings = kept?.settings ?? DEFAULT_SETTINGS;
    this.#lastEquity = kept?.lastEquity ?? this.#startingCash;
    const config = this.#exchangeConfig();
    this.#exchange = kept === null ? PaperExchange.create(config) : PaperExchange.restore(config, kept.snapshot, []);
    this.createdAt = kept?.createdAt ?? this.stamp();
    this.#session = market.session().session;
    this.translator = new EventTranslator({
      ledger: this.ledger,
      exchange: () => this.#exchange,
      random: this.#random,
      stamp: () => this.stamp(),
      isTradable: (order) => this.isTradable(order),
      carriesFills: quirks.replacementFills === "carried",
      takeProfitAfterStop: quirks.takeProfitAfterStop,
      onUpdate: (update) => {
        this.#diary.note(update);
        this.#outbox.push(update);
      },
      onUntold: (update) => this.#diary.note(update),
      onFill: (fill) => this.fills.push(fill),
    });
    if (kept !== null) this.#resume(kept);
    this.#diary.skipKnown();
    const known = market.instruments().flatMap(({ symbol }) => market.latest(symbol) ?? []);
    for (const tick of known.toSorted((a, b) => a.timestamp - b.timestamp)) this.#exchange.onTick(tick);
    this.tend();
  }

  get exchange(): PaperExchange {
    return this.#exchange;
  }

  get settings(): AccountSettings {
    return this.#settings;
  }

  /** Dollars at the start of this market day. */
  get lastEquity(): Money {
    return this.#lastEquity;
  }

  isSecret(secret: string): boolean {
    return secret === this.#secret;
  }

  newId(): string {
    return uuid(this.#random);
  }

  /** Market time, epoch milliseconds; never falls. */
  now(): number {
    return Math.max(this.market.now(), this.#exchange?.now ?? 0);
  }

  /** A moment of now that no other has. */
  stamp(): Nanos {
    return this.#nanos.stamp(this.now());
  }

  balances(): Balances {
    return this.#exchange.balances(this.now());
  }

  positions(): readonly Position[] {
    return this.#exchange.positions();
  }

  position(symbol: string): Position | undefined {
    return this.positions().find((position) => position.symbol === symbol);
  }

  /** Shares, negative when short. */
  held(symbol: string): Fixed {
    const position = this.position(symbol);
    return position === undefined ? 0n : parseFixed(position.quantity);
  }

  isTradable({ extendedHours, symbol }: Pick<VendorOrder, "extendedHours" | "symbol">): boolean {
    const { isOpen, session } = this.market.sessionOf(this.now());
    if (isOpen) return true;
    if (session === "overnight") return extendedHours && !this.isHeldOvernight(symbol);
    return extendedHours && (session === "pre" || session === "post");
  }

  /** The night is on, and this account or this symbol takes no part in it. */
  isHeldOvernight(symbol: string): boolean {
    if (this.market.sessionOf(this.now()).session !== "overnight") return false;
    return this.#settings.disable_overnight_trading || this.market.instrument(symbol)?.overnight !== "tradable";
  }

  /** @throws ApiRefusal for a value that is none. */
  patchSettings(body: unknown): AccountSettings {
    const before = this.#settings.max_margin_multiplier;
    this.#settings = patchSettings(this.#settings, body);
    if (this.#settings.max_margin_multiplier !== before) {
      // Terms are fixed when an exchange is made, so it is made anew from what it was.
      this.#exchange = PaperExchange.restore(this.#exchangeConfig(), this.#exchange.snapshot(), []);
    }
    return this.#settings;
  }

  /** Hears of every update, in order, after the answer to the request that caused it. */
  onUpdate(listener: (update: TradeUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps what has happened since the last time, and writes it into the journal; before anyone is told of it. */
  commit(): void {
    this.#keep();
    this.#diary.write();
  }

  #keep(): void {
    const version = `${this.#exchange.sequence} ${this.ledger.orders.length}`;
    if (this.#store === null || (version === this.#keptVersion && this.#settings === this.#keptSettings)) return;
    this.#keptVersion = version;
    this.#keptSettings = this.#settings;
    const { createdAt, fills } = this;
    const bookings = this.bookings.all;
    const snapshot = this.#exchange.snapshot();
    const state = { createdAt, settings: this.#settings, lastEquity: this.#lastEquity, snapshot, fills, bookings };
    this.#store.save(this.key, writeState({ ...state, orders: this.ledger.orders }));
  }

  /** Tells what has happened since the last time. */
  flush(): void {
    this.commit();
    for (const update of this.#outbox.splice(0)) for (const listener of this.#listeners) listener(update);
  }

  onTick(tick: MarketData): void {
    // The exchange knows no nights of single accounts and symbols: without a price none of their orders fills.
    if (!this.isHeldOvernight(tick.symbol)) this.#exchange.onTick(tick);
    this.#submitQueued();
    this.flush();
  }

  onNews(news: MarketNews): void {
    if (news.kind === "status") this.#exchange.onStatus(news.status);
    else if (news.kind === "auction") this.#exchange.onAuction(news.auction);
    else this.#exchange.onCorporateAction(news.action);
    this.flush();
  }

  /** Moves time on: what expires does, what waited for its session goes, and the equity is noted. */
  tend(): void {
    const equity = parseFixed(this.balances().equity);
    const events = this.#exchange.advanceTo(this.now());
    for (const event of events) if (event.type === "day_started") this.#lastEquity = event.equity;
    expireDayOrders(this);
    this.history.add(this.now(), Number(equity) / 1e9);
    const { session } = this.market.sessionOf(this.now());
    if (session !== this.#session) this.#enter(session);
    this.flush();
  }

  /** What could not trade in the session before may now. */
  #enter(session: MarketSession): void {
    this.#session = session;
    this.#submitQueued();
    for (const order of this.ledger.open()) {
      if (order.status === "accepted" && !isQueued(order) && this.isTradable(order)) this.translator.work(order);
    }
  }

  /** Takes up what was kept. */
  #resume({ orders, fills, bookings }: AccountState): void {
    for (const order of orders) {
      this.ledger.add(order);
      const replaced = order.replaces === null ? undefined : this.ledger.byId(order.replaces);
      const { exchangeId = null } = replaced ?? {};
      if (order.status === "pending_new" && exchangeId !== null) this.translator.expectReplacement(exchangeId, order);
    }
    this.fills.push(...fills);
    this.bookings.restore(bookings);
    this.hasQueued = orders.some(isQueued);
    // What issuers did meanwhile.
    for (const action of this.market.feed.corporateActions(this.#exchange.now)) {
      this.#exchange.onCorporateAction(action);
    }
  }

  #submitQueued(): void {
    if (!this.hasQueued) return;
    submitQueued(this);
    this.hasQueued = this.ledger.open().some(isQueued);
  }

  /** To the exchange the night is the first part of the pre-market: the same orders trade, on the same market day. */
  #sessionOfExchange(at: number): ExchangeSession {
    const known = this.market.sessionOf(at);
    return known.session === "overnight" ? { ...known, session: "pre" } : known;
  }

  #exchangeConfig(): Parameters<typeof PaperExchange.create>[0] {
    return {
      seed: this.#seed,
      startingCash: this.#startingCash,
      instruments: (symbol) => this.market.instrument(symbol),
      session: (at) => this.#sessionOfExchange(at),
      profile: paperProfile(this.#settings.max_margin_multiplier, this.quirks, this.market.feed.description),
      onEvent: (event) => {
        this.bookings.apply(event);
        this.translator.apply(event);
      },
    };
  }
}
