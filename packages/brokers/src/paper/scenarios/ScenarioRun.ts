import { parseFixed } from "../../domain/decimal.ts";
import type { MarketData } from "../../domain/marketData.ts";
import { TIMES_IN_FORCE } from "../../domain/order.ts";
import type { PaperEvent } from "../PaperEvent.ts";
import { PaperExchange } from "../PaperExchange.ts";
import type { PaperExchangeConfig } from "../PaperExchangeConfig.ts";
import { MIDNIGHT, paperConfig, TEN_O_CLOCK, tick } from "./fixture.ts";
import { TRADING_STATUSES } from "../../domain/tradingStatus.ts";
import { readAction, renderMoneyEvent } from "./moneyLanguage.ts";
import { readOrder, renderOrderEvent } from "./orderLanguage.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** The exits of the order that a script calls "a" are "a.profit" and "a.stop". */
const EXIT_NAMES = { entry: "entry", take_profit: "profit", stop_loss: "stop" } as const;

/**
 * Plays one scenario, a line at a time, in the language that the README beside this file tells. What each line says back
 * is rendered a line an event: "a filled 100 @ 100.02 PX30".
 */
export class ScenarioRun {
  readonly exchange: PaperExchange;
  readonly journal: PaperEvent[] = [];
  /** Order ids by the script's name, and the reverse. */
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #ticks = new Map<string, MarketData>();
  #now = TEN_O_CLOCK;

  constructor(overrides: Partial<PaperExchangeConfig> = {}) {
    this.exchange = PaperExchange.create(paperConfig(overrides));
    this.journal.push(...this.exchange.advanceTo(this.#now));
  }

  get now(): number {
    return this.#now;
  }

  idOf(name: string): string {
    return this.#ids.get(name) ?? name;
  }

  /** Does one line and answers the events that it caused. @throws Error for a line that is not of the language. */
  play(line: string): readonly string[] {
    const events = this.#do(line);
    this.journal.push(...events);
    return events.map((event) => this.#render(event));
  }

  #do(line: string): readonly PaperEvent[] {
    const [verb = "", ...words] = line.split(/\s+/);
    if (verb === "at") return this.exchange.advanceTo(this.#goTo(words));
    if (verb === "quote") return this.#quote(words);
    if (verb === "print") return this.#print(words);
    if (verb === "cancel") return this.exchange.cancel(this.#now, this.idOf(words[0] ?? ""));
    if (verb === "replace") return this.#replace(words);
    if (verb === "action")
      return this.exchange.onCorporateAction(readAction(words, this.#now, `A${this.journal.length}`));
    if (verb === "after") return this.exchange.advanceTo((this.#now += Number(words[0])));
    if (verb === "halt" || verb === "pause" || verb === "resume")
      return this.#status(verb === "halt" ? "halted" : `${verb}d`, words);
    if (verb === "official") return this.#official(words);
    if (verb.endsWith(":")) return this.#order(verb.slice(0, -1), words);
    throw new Error(`not a line of a scenario: ${line}`);
  }

  #goTo(words: readonly string[]): number {
    this.#now = this.#instantOf(words.join("/"));
    return this.#now;
  }

  /** "15:30" of this day, "+1/09:30" of the next. */
  #instantOf(time: string): number {
    const words = time.split("/");
    const days = words.length === 2 ? Number(words[0]) : 0;
    const [hour, minute] = (words.at(-1) ?? "").split(":").map(Number);
    const today = Math.floor((this.#now - MIDNIGHT) / DAY);
    return MIDNIGHT + (today + days) * DAY + ((hour ?? 0) * 60 + (minute ?? 0)) * MINUTE;
  }

  #status(word: string, [symbol = "SPY", ...reason]: readonly string[]): readonly PaperEvent[] {
    const status = TRADING_STATUSES.find((each) => each === word) ?? "resumed";
    return this.exchange.onStatus({ symbol, status, at: this.#now, reason: reason.join(" ") });
  }

  #official([kind, auction = "", symbol = "SPY"]: readonly string[]): readonly PaperEvent[] {
    const { price, size } = readSide(auction);
    return this.exchange.onAuction({
      symbol,
      kind: kind === "open" ? "open" : "close",
      price: price ?? 0,
      size,
      at: this.#now,
    });
  }

  #quote([bid = "-", ask = "-", symbol = "SPY"]: readonly string[]): readonly PaperEvent[] {
    const buying = readSide(bid);
    const asking = readSide(ask);
    return this.#tick(symbol, { bid: buying.price, bidSize: buying.size, ask: asking.price, askSize: asking.size });
  }

  #print([print = "", symbol = "SPY"]: readonly string[]): readonly PaperEvent[] {
    const { price, size } = readSide(print);
    const volume = (this.#ticks.get(symbol)?.volume ?? 0) + (size ?? 1);
    return this.#tick(symbol, { last: price, lastSize: size, volume });
  }

  #tick(symbol: string, change: Partial<MarketData>): readonly PaperEvent[] {
    // A second passes, so that a quote which repeats the last one is not the same tick again.
    this.#now += 1_000;
    const next = tick({ ...this.#ticks.get(symbol), ...change, symbol, timestamp: this.#now });
    this.#ticks.set(symbol, next);
    return this.exchange.onTick(next);
  }

  #order(name: string, words: readonly string[]): readonly PaperEvent[] {
    const events = this.exchange.submit(
      this.#now,
      readOrder(name, words, (time) => this.#instantOf(time)),
    );
    for (const event of events) {
      if (event.type !== "order_accepted" && event.type !== "order_rejected") continue;
      const { group, orderId } = event;
      const full = group === undefined || group.id === orderId ? name : `${name}.${EXIT_NAMES[group.role]}`;
      this.#names.set(orderId, full);
      if (!this.#ids.has(full)) this.#ids.set(full, orderId);
    }
    return events;
  }

  #replace([name = "", ...words]: readonly string[]): readonly PaperEvent[] {
    const values = new Map(words.map((word) => [word.split("=")[0] ?? "", word.split("=")[1] ?? ""]));
    const decimal = (key: string): bigint | undefined => {
      const text = values.get(key);
      return text === undefined ? undefined : parseFixed(text);
    };
    return this.exchange.replace(this.#now, this.idOf(name), {
      quantity: decimal("quantity"),
      price: decimal("price"),
      stopPrice: decimal("stop"),
      timeInForce: TIMES_IN_FORCE.find((each) => each === values.get("tif")),
    });
  }

  #render(event: PaperEvent): string {
    if (event.type === "day_started") return `day ${event.equity}`;
    const orderId = "orderId" in event ? event.orderId : "";
    const name = this.#names.get(orderId) ?? orderId;
    const told = renderMoneyEvent(event) ?? renderOrderEvent(event, name);
    if (told !== undefined) return told;
    if (event.type === "order_replaced") return `${name} replaced${event.keepsPriority ? "" : " anew"}`;
    if (event.type === "order_filled") {
      const { commission, sec, taf, exchange = "0" } = event.fees;
      const fees = [
        ["commission", commission],
        ["sec", sec],
        ["taf", taf],
        ["exchange", exchange],
      ].flatMap(([label, fee]) => (fee === "0" ? [] : [` ${label} ${fee}`]));
      return `${name} filled ${event.quantity} @ ${event.price} ${event.reason.rule}${fees.join("")}`;
    }
    if (event.type === "order_adjusted") {
      const { quantity, price, stopPrice, reason } = event;
      return `${name} adjusted ${[quantity, ...(stopPrice === null ? [] : [`stop ${stopPrice}`]), ...(price === null ? [] : [`limit ${price}`])].join(" ")} ${reason.rule}`;
    }
    if ("code" in event) {
      return `${name} ${event.type === "order_rejected" ? "rejected" : event.type} ${event.code} ${event.reason.rule}`;
    }
    return "reason" in event && typeof event.reason !== "string"
      ? `${name} ${event.type.slice("order_".length)} ${event.reason?.rule}`
      : event.type;
  }
}

function readSide(text: string): { readonly price: number | null; readonly size: number | null } {
  if (text === "-") return { price: null, size: null };
  const [price, size] = text.split("x");
  return { price: Number(price), size: size === undefined ? null : Number(size) };
}
