import { ReplayError } from "../src/feeds/replay/ReplayError.ts";
import { ReplayFeed } from "../src/feeds/replay/ReplayFeed.ts";
import { sessionAt } from "../src/calendar/sessionAt.ts";
import { sessionMemo } from "../src/calendar/sessionMemo.ts";
import { money, type MarketData } from "../src/domain/index.ts";
import { PaperExchange, type PaperEvent } from "../src/paper/index.ts";
import { SeededRandom } from "../src/random/SeededRandom.ts";
import { SystemClock } from "../src/SystemClock.ts";
import { KINDS, realDayOrder, type Kind } from "./realDayOrders.ts";
import { TapeJudge } from "./TapeJudge.ts";

/** Market milliseconds between two orders, and after which one that was not filled is canceled. */
const ORDER_EVERY_MS = 5_000;
const CANCEL_AFTER_MS = 600_000;
const SEED = 20_131_008;

/** What became of the orders of one kind. Sums of shares and of dollars × shares. */
class Tally {
  orders = 0;
  ordered = 0;
  filled = 0;
  whole = 0;
  againstMid = 0;
  againstPrint = 0;
  printed = 0;

  /** Slippage is in cents a share, averaged over shares; above zero it is a cost. */
  row(name: string): Readonly<Record<string, string | number>> {
    const cents = (sum: number, shares: number): number =>
      shares === 0 ? 0 : Math.round((sum / shares) * 10_000) / 100;
    return {
      kind: name,
      orders: this.orders,
      fillRate: this.ordered === 0 ? 0 : Math.round((this.filled / this.ordered) * 10_000) / 10_000,
      filledWhole: this.orders === 0 ? 0 : Math.round((this.whole / this.orders) * 10_000) / 10_000,
      centsAgainstMid: cents(this.againstMid, this.filled),
      centsAgainstPrint: cents(this.againstPrint, this.printed),
    };
  }
}

interface Placed {
  readonly kind: Kind;
  readonly mid: number;
  readonly limit: number | null;
  readonly cancelAt: number;
}

/** Trades a tape: gives orders as the day goes, cancels old ones, and judges every fill by the tape. */
class Trader {
  readonly judge = new TapeJudge();
  readonly faults: string[] = [];
  readonly tallies = new Map<Kind, Tally>(KINDS.map((kind) => [kind, new Tally()]));
  readonly byRule: Record<string, number> = {};
  fills = 0;
  readonly #exchange: PaperExchange;
  readonly #random = new SeededRandom(SEED);
  readonly #placed = new Map<string, Placed>();
  readonly #due: string[] = [];
  #given = 0;
  #nextAt = 0;

  constructor(exchange: PaperExchange) {
    this.#exchange = exchange;
  }

  onTick(tick: MarketData): void {
    this.judge.see(tick);
    this.#note(this.#exchange.onTick(tick));
    const now = tick.timestamp;
    for (let id = this.#due[0]; id !== undefined && (this.#placed.get(id)?.cancelAt ?? 0) <= now; id = this.#due[0]) {
      this.#due.shift();
      const status = this.#exchange.order(id)?.status;
      if (status === "submitted" || status === "partially_filled") this.#note(this.#exchange.cancel(now, id));
    }
    if (now >= this.#nextAt && sessionAt(now).isOpen) this.#give(tick, now);
  }

  #give(tick: MarketData, now: number): void {
    const made = realDayOrder(this.#given, tick, this.#random);
    if (made === undefined || tick.bid === null || tick.ask === null) return;
    this.#given += 1;
    this.#nextAt = now + ORDER_EVERY_MS;
    const { kind, order } = made;
    const limit = order.price === null ? null : Number(order.price) / 1e9;
    const events = this.#exchange.submit(now, order);
    const accepted = events.find((event) => event.type === "order_accepted");
    const tally = this.tallies.get(kind);
    if (accepted === undefined || tally === undefined) throw new Error(`not accepted: ${JSON.stringify(events)}`);
    tally.orders += 1;
    tally.ordered += Number(accepted.quantity);
    const mid = (tick.bid + tick.ask) / 2;
    this.#placed.set(accepted.orderId, { kind, mid, limit, cancelAt: now + CANCEL_AFTER_MS });
    this.#due.push(accepted.orderId);
    this.#note(events);
  }

  #note(events: readonly PaperEvent[]): void {
    for (const event of events) {
      if (event.type !== "order_filled") continue;
      const placed = this.#placed.get(event.orderId);
      const tally = placed === undefined ? undefined : this.tallies.get(placed.kind);
      if (placed === undefined || tally === undefined) throw new Error(`a fill of no order: ${event.orderId}`);
      this.fills += 1;
      this.byRule[event.reason.rule] = (this.byRule[event.reason.rule] ?? 0) + 1;
      this.faults.push(...this.judge.faultsOf(event, placed.limit));
      const sign = event.side === "buy" ? 1 : -1;
      const shares = Number(event.quantity);
      const price = Number(event.price);
      const last = this.judge.latest(event.symbol)?.last ?? null;
      tally.filled += shares;
      tally.againstMid += sign * (price - placed.mid) * shares;
      if (last !== null) {
        tally.againstPrint += sign * (price - last) * shares;
        tally.printed += shares;
      }
      if (this.#exchange.order(event.orderId)?.status === "filled") tally.whole += 1;
    }
  }
}

/**
 * Trades a recorded day at full speed. Prints a line for each kind of order: how much of it was filled within ten minutes, and
 * what a share cost against the middle of the quote as the order was given and against the last print as it was filled.
 * @throws Error where a fill is better than the tape.
 */
async function tradeRealDay(folder: string): Promise<void> {
  await using feed = new ReplayFeed({ clock: new SystemClock(), folder, speed: "max", report: () => undefined });
  const exchange = PaperExchange.create({
    seed: 1,
    startingCash: money("1000000000"),
    instruments: (symbol) => feed.instrument(symbol),
    session: sessionMemo(sessionAt),
  });
  const trader = new Trader(exchange);
  let ticks = 0;
  const startedAt = performance.now();
  feed.subscribeAll((tick) => {
    ticks += 1;
    trader.onTick(tick);
  });
  await feed.start();
  const clock = new SystemClock();
  while (feed.progress.state !== "ended") await clock.sleep(5);
  const print = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const all = new Tally();
  for (const tally of trader.tallies.values()) {
    for (const key of ["orders", "ordered", "filled", "whole", "againstMid", "againstPrint", "printed"] as const)
      all[key] += tally[key];
  }
  for (const [kind, tally] of trader.tallies) print(tally.row(kind));
  print(all.row("all"));
  const { fills, byRule, faults } = trader;
  print({
    tape: feed.description.label,
    seed: SEED,
    ticks,
    fills,
    byRule,
    faults: faults.length,
    ms: Math.round(performance.now() - startedAt),
  });
  if (faults.length > 0) throw new Error(`fills that the tape does not bear out:\n${faults.slice(0, 5).join("\n")}`);
}

const [, , folder] = process.argv;
try {
  if (folder === undefined) throw new ReplayError("INVALID_OPTION", "usage: node --import tsx bench/realDay.ts FOLDER");
  await tradeRealDay(folder);
} catch (error) {
  if (!(error instanceof ReplayError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
