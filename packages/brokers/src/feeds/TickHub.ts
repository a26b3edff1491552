import type { CorporateAction } from "../domain/CorporateAction.ts";
import type { MarketData } from "../domain/marketData.ts";
import type { MarketNews, SymbolStatus } from "../domain/MarketNews.ts";
import type { TradingHalt } from "../domain/tradingStatus.ts";
import type { NewsListener, TickListener } from "./MarketFeed.ts";
import { throwLater } from "./throwLater.ts";

/** Hands ticks and news to their listeners, and keeps the newest tick of each symbol, who is halted, and what issuers did. */
export class TickHub {
  readonly #latest = new Map<string, MarketData>();
  readonly #bySymbol = new Map<string, Set<Subscription<MarketData>>>();
  readonly #all = new Set<Subscription<MarketData>>();
  readonly #news = new Set<Subscription<MarketNews>>();
  readonly #halts = new Map<string, TradingHalt>();
  readonly #actions: CorporateAction[] = [];
  readonly #onListenerError: (error: unknown) => void;
  #ticks = 0;

  /** @param onListenerError hears what a listener throws; the others get their tick all the same. */
  constructor(onListenerError: (error: unknown) => void = throwLater) {
    this.#onListenerError = onListenerError;
  }

  /** Ticks published so far. */
  get ticks(): number {
    return this.#ticks;
  }

  latest(symbol: string): MarketData | undefined {
    return this.#latest.get(symbol);
  }

  /** The same listener may subscribe twice and is then called twice. */
  subscribe(symbol: string, listener: TickListener): () => void {
    let subscriptions = this.#bySymbol.get(symbol);
    if (subscriptions === undefined) this.#bySymbol.set(symbol, (subscriptions = new Set()));
    const end = addTo(subscriptions, listener);
    return () => {
      end();
      if (this.#bySymbol.get(symbol)?.size === 0) this.#bySymbol.delete(symbol);
    };
  }

  subscribeAll(listener: TickListener): () => void {
    return addTo(this.#all, listener);
  }

  subscribeNews(listener: NewsListener): () => void {
    return addTo(this.#news, listener);
  }

  /** Those told that took effect after `since`, oldest first. */
  corporateActions(since: number): readonly CorporateAction[] {
    return this.#actions.filter(({ at }) => at > since);
  }

  /**
   * Remembers the tick and calls the symbol's listeners, then those of all, each group in order of subscription. The tick of
   * a halted symbol says so.
   */
  publish(tick: MarketData): void {
    const halt = this.#halts.get(tick.symbol);
    const told = halt === undefined ? tick : { ...tick, halt };
    this.#ticks += 1;
    this.#latest.set(tick.symbol, told);
    const subscriptions = this.#bySymbol.get(tick.symbol);
    if (subscriptions !== undefined) this.#deliver(subscriptions, told);
    this.#deliver(this.#all, told);
  }

  /** Takes news in without telling anyone: what a feed knows as it starts. */
  note(news: MarketNews): void {
    if (news.kind === "status") this.#noteStatus(news.status);
    if (news.kind !== "corporate_action") return;
    const { action } = news;
    this.#actions.push(action);
    // A price of before a split is none of the shares of after it.
    if (action.type !== "cash_dividend") this.#latest.delete(action.symbol);
  }

  /**
   * Tells news; where a symbol stops or resumes, its latest tick is told again with or without the halt, and without the
   * quote, which was made for the market of before.
   */
  publishNews(news: MarketNews, receivedAt: number): void {
    this.note(news);
    this.#deliver(this.#news, news);
    if (news.kind !== "status") return;
    const latest = this.#latest.get(news.status.symbol);
    if (latest === undefined) return;
    const { halt: _, ...tick } = latest;
    const timestamp = Math.max(tick.timestamp, news.status.at);
    this.publish({ ...tick, bid: null, ask: null, bidSize: null, askSize: null, timestamp, receivedAt });
  }

  /** Forgets every listener. */
  close(): void {
    this.#bySymbol.clear();
    this.#all.clear();
    this.#news.clear();
  }

  #noteStatus({ symbol, status, at, reason = "" }: SymbolStatus): void {
    if (status === "resumed") this.#halts.delete(symbol);
    else this.#halts.set(symbol, { status, since: at, reason });
  }

  #deliver<Value>(subscriptions: Set<Subscription<Value>>, value: Value): void {
    for (const { listener } of subscriptions) {
      try {
        listener(value);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}

interface Subscription<Value> {
  readonly listener: (value: Value) => void;
}

function addTo<Value>(subscriptions: Set<Subscription<Value>>, listener: Subscription<Value>["listener"]): () => void {
  const subscription: Subscription<Value> = { listener };
  subscriptions.add(subscription);
  return () => {
    subscriptions.delete(subscription);
  };
}
