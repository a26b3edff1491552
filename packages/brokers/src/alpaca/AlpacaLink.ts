import type { BrokerError } from "../BrokerError.ts";
import type { BrokerDeps } from "../deps.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import { AccountNews } from "./account/AccountNews.ts";
import { AlpacaAccount } from "./account/AlpacaAccount.ts";
import { FillHistory } from "./account/FillHistory.ts";
import { GainsHistory } from "./account/GainsHistory.ts";
import { dataStreamUrl, type AlpacaEndpoints } from "./AlpacaEndpoints.ts";
import type { AlpacaLiveConfig, AlpacaPaperConfig } from "./AlpacaTypes.ts";
import { AlpacaMarket } from "./market/AlpacaMarket.ts";
import { MuteWatch } from "./MuteWatch.ts";
import { AlpacaOrders } from "./orders/AlpacaOrders.ts";
import { OrderBook } from "./orders/OrderBook.ts";
import { OrderFollower } from "./orders/OrderFollower.ts";
import { OrderSync } from "./orders/OrderSync.ts";
import type { HostSchedulers } from "./rest/AlpacaSchedulers.ts";
import type { AlpacaTransport } from "./rest/AlpacaTransport.ts";
import { DataRest } from "./rest/DataRest.ts";
import { HttpTransport } from "./rest/HttpTransport.ts";
import { ObservedTransport } from "./rest/ObservedTransport.ts";
import { ScheduledTransport } from "./rest/ScheduledTransport.ts";
import { TradingRest } from "./rest/TradingRest.ts";
import type { WireClock } from "./rest/wireMarket.ts";
import { DataStream, EVERY_SYMBOL } from "./stream/DataStream.ts";
import { streamFault } from "./stream/streamFault.ts";
import type { StreamConnection } from "./stream/StreamConnection.ts";
import { TradeStream } from "./stream/TradeStream.ts";

const TEND_MS = 1_000;
/** Beside whatever else is asked, so that health has evidence that is not older. */
const CLOCK_EVERY_MS = 30_000;

export interface AlpacaLinkOptions {
  readonly config: AlpacaPaperConfig | AlpacaLiveConfig;
  readonly endpoints: AlpacaEndpoints;
  /** Of its keys; they outlive the connection. */
  readonly schedulers: HostSchedulers;
  readonly deps: BrokerDeps;
  readonly onUpdate: (event: OrderUpdateEvent) => void;
}

/** Everything that is open towards Alpaca for the length of one connection, put together and looked after. */
export class AlpacaLink {
  readonly transport: ObservedTransport;
  /** In front of the transport: everything waits here for its turn. */
  readonly requests: ScheduledTransport;
  readonly trading: TradingRest;
  readonly data: DataRest;
  readonly account: AlpacaAccount;
  readonly news: AccountNews;
  readonly orders: AlpacaOrders;
  readonly market: AlpacaMarket;
  readonly #deps: BrokerDeps;
  readonly #trades: TradeStream;
  readonly #prices: DataStream;
  readonly #follower: OrderFollower;
  readonly #muteWatch: MuteWatch;
  readonly #gains: GainsHistory;
  readonly #closing = new AbortController();
  #tending: Promise<void> | null = null;
  /** The broker's clock less ours, milliseconds. */
  #skewMs = 0;
  #clockSaid: WireClock | null = null;
  #clockReadAt = Number.NEGATIVE_INFINITY;

  constructor({ config, endpoints, schedulers, deps, onUpdate }: AlpacaLinkOptions, transport?: AlpacaTransport) {
    const { keys, feed = "iex", codec = "msgpack", mode } = config;
    const { clock } = deps;
    this.#deps = deps;
    this.transport = new ObservedTransport(transport ?? new HttpTransport({ endpoints, keys, clock }), clock);
    const brokerNow = (): number => this.brokerNow();
    this.requests = new ScheduledTransport({ inner: this.transport, schedulers, deps, brokerNow });
    this.trading = new TradingRest(this.requests);
    this.data = new DataRest(this.requests, feed);
    const history = new FillHistory(this.trading);
    this.#gains = new GainsHistory(this.trading, deps);
    this.account = new AlpacaAccount(this.trading, this.#gains, clock);
    this.news = new AccountNews({ rest: this.trading, deps, brokerNow, onNews: () => this.account.changed() });
    const book = new OrderBook({
      onUpdate: (event) => {
        this.account.changed();
        onUpdate(event);
      },
    });
    const sync = new OrderSync(this.trading, book, history);
    this.orders = new AlpacaOrders({ rest: this.trading, book, sync, history, mode, brokerNow });
    this.#follower = new OrderFollower({ book, sync, deps, brokerNow });
    this.#trades = new TradeStream({
      url: endpoints.tradingStream,
      keys,
      deps,
      onUpdate: (update) => this.#follower.onUpdate(update),
      onUnreadable: () => this.#follower.onGap(),
      onReady: () => {
        this.#follower.onReady();
        this.news.hurry();
      },
      onLost: () => this.#follower.onLost(),
    });
    this.#prices = new DataStream({
      url: dataStreamUrl(endpoints, feed),
      keys,
      codec,
      deps,
      onEvent: (event) => this.market.board.takeEvent(event),
      onRefused: (symbols) =>
        deps.logger.warn({ symbols: symbols.length }, "Alpaca's data plan takes no more subscriptions"),
      onReady: () => {
        this.#muteWatch.begin();
        void this.#aside("prices after a gap", () => this.market.catchUp());
      },
      onLost: () => this.market.board.lose(),
    });
    // As the example of Alpaca's own page does on the SIP feed; a plan that refuses it keeps the rest. An order that is
    // looked at may be of any symbol.
    this.#prices.watch(EVERY_SYMBOL, ["statuses"]);
    this.market = new AlpacaMarket({
      trading: this.trading,
      data: this.data,
      stream: this.#prices,
      feed,
      deps,
      brokerNow,
      brokerClock: () => this.#clockSaid,
    });
    this.#muteWatch = new MuteWatch({
      stream: this.#prices,
      data: this.data,
      market: this.market,
      now: () => clock.now(),
      brokerNow,
    });
  }

  get orderStream(): StreamConnection {
    return this.#trades.connection;
  }

  get dataStream(): StreamConnection {
    return this.#prices.connection;
  }

  /** Nothing is known to have been missed of the account's orders. */
  get isCaughtUp(): boolean {
    return this.#follower.isCaughtUp;
  }

  /** The price stream is open and a channel of it tells nothing. */
  get isMute(): boolean {
    return this.#muteWatch.mute.length > 0;
  }

  /** Symbols whose prices were asked for and are not sent, by the broker's own word. */
  get unsubscribed(): readonly string[] {
    return this.#prices.missing;
  }

  /** The broker's clock less ours, milliseconds. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** The broker's clock, epoch milliseconds. */
  brokerNow(): number {
    return this.#deps.clock.now() + this.#skewMs;
  }

  /** The orders' stream first, then what there is: nothing can happen between the two unheard. @throws BrokerError */
  async open(): Promise<void> {
    await this.#readClock();
    await this.#trades.connection.start();
    await this.#follower.begin();
    // Orders can be placed without prices; what ails them is in the status.
    await this.#prices.connection.start().catch(() => undefined);
    this.#tending = this.#tend();
  }

  /** Makes sure of what is open. @throws BrokerError why it cannot be healed now. */
  async heal(): Promise<void> {
    const { connection: orders } = this.#trades;
    if (!orders.isReady && !orders.hurry()) throw orders.fault ?? unknownFault();
    await orders.start();
    await this.#follower.catchUp();
    const { connection: prices } = this.#prices;
    // As when it was opened: without prices orders can be placed.
    if (!prices.isReady && prices.hurry()) await prices.start().catch(() => undefined);
    this.#prices.askAgain();
  }

  /** Idempotent; waits for what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.requests.close();
    await Promise.all([
      this.#trades.connection.close(),
      this.#prices.connection.close(),
      this.transport.close(),
      this.#tending,
      this.#follower.settled(),
      this.news.close(),
    ]);
    this.market.board.clear();
  }

  async #tend(): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this.#closing;
    for (;;) {
      await clock.sleep(TEND_MS, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.market.board.refresh();
      await this.#aside("the clock", () => this.#readClock());
      await this.#aside("orders", () => this.#follower.tend());
      this.news.tend();
      // It waits behind everything else, so nothing waits for it.
      void this.#aside("older executions", () => this.#gains.tend());
      await this.#aside("silent prices", async () => {
        if (await this.#muteWatch.check()) {
          this.#prices.connection.restart(
            streamFault("it is open and tells nothing", BrokerErrorCode.CONNECTION_FAILED),
          );
        }
      });
    }
  }

  async #readClock(): Promise<void> {
    const { clock } = this.#deps;
    const asked = clock.monotonic();
    if (asked - this.#clockReadAt < CLOCK_EVERY_MS) return;
    this.#clockReadAt = asked;
    const said = await this.trading.getClock();
    this.#clockSaid = said;
    // Half of the time that the question took, it was on its way back.
    this.#skewMs = Math.round(said.timestamp - clock.now() + (clock.monotonic() - asked) / 2);
  }

  /** Work that nobody waits for; a failure shows in the status. */
  async #aside(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (err) {
      this.#deps.logger.warn({ err }, `Alpaca: ${what} could not be read`);
    }
  }
}

const unknownFault = (): BrokerError => streamFault("it is down", BrokerErrorCode.CONNECTION_FAILED).error;
