import { SeededRandom } from "@trenddojo/brokers";
import { parseFixed, type Fixed, type Random } from "@trenddojo/brokers/domain";
import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { SimulatedMarket } from "../market/SimulatedMarket.ts";
import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { cancelOrder, replaceOrder } from "./changeOrders.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import { closePosition, placeOrder } from "./placeOrders.ts";
import type { AccountStore } from "../../AccountStore.ts";
import { readState } from "./accountState.ts";
import { SimulatedAccount } from "./SimulatedAccount.ts";
import { DEFAULT_QUIRKS } from "./VendorQuirks.ts";
import type { TradeUpdate } from "./TradeUpdate.ts";
import { isFinal, isQueued, type VendorOrder } from "./VendorOrder.ts";

const SEEDS = [1, 2, 3, 4, 5, 6];
const STEPS = 250;
const LOOK_EVERY = 10;
const ENDINGS = ["fill", "canceled", "expired", "replaced", "rejected"];

const cents = (dollars: number): Fixed => parseFixed(dollars.toFixed(2));
const pick = <const Value>(random: Random, values: readonly [Value, ...Value[]]): Value =>
  values[random.integer(values.length)] ?? values[0];

/** An account in a market of one symbol that wanders around 100 dollars, and all that it was told. */
class Life {
  readonly clock = new FakeClock();
  readonly feed = new ManualFeed({ clock: this.clock, alwaysOpen: false });
  readonly updates: TradeUpdate[] = [];
  readonly account: SimulatedAccount;
  readonly #random: Random;
  readonly #market: SimulatedMarket;
  #price = 100;
  kept = "";

  constructor(seed: number, latencyMs: number) {
    this.#random = new SeededRandom(seed);
    this.#market = new SimulatedMarket({ feed: this.feed, random: new SeededRandom(seed) });
    const store: AccountStore = { load: () => null, save: (_, text) => void (this.kept = text) };
    this.account = new SimulatedAccount({
      onOrder: () => undefined,
      options: { key: "K", secret: "S" },
      market: this.#market,
      seed,
      store,
      quirks: { ...DEFAULT_QUIRKS, latencyMs, replacementFills: "anew", refuseStopsThroughMarket: false },
    });
    this.account.onUpdate((update) => this.updates.push(update));
  }

  async start(): Promise<void> {
    await this.#market.start();
    this.#market.listen({
      onMessage: () => undefined,
      onTick: (tick) => this.account.onTick(tick),
      onNews: (news) => this.account.onNews(news),
    });
    this.#tick();
  }

  async step(): Promise<void> {
    const random = this.#random;
    const open = this.account.ledger.open();
    const chosen = open[random.integer(Math.max(1, open.length))];
    try {
      const act = random.integer(10);
      if (act < 3) placeOrder(this.account, this.#ticket());
      else if (act < 5 && chosen !== undefined) cancelOrder(this.account, chosen);
      else if (act === 5 && chosen !== undefined) this.#replace(chosen);
      else if (act === 6) closePosition(this.account, "AAPL", { qty: null, percentage: null });
      else this.#tick();
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
    }
    this.account.flush();
    await this.clock.advance(random.integer(400));
    this.account.tend();
  }

  #tick(): void {
    this.#price = Math.min(120, Math.max(80, this.#price + (this.#random.next() - 0.5) * 10));
    const bid = Math.round(this.#price * 100) / 100;
    this.feed.quote("AAPL", bid, Math.round((bid + 0.02) * 100) / 100, 100 * (1 + this.#random.integer(5)));
    if (this.#random.integer(2) === 0) this.feed.print("AAPL", bid);
  }

  #near(): Fixed {
    return cents(this.#price + (this.#random.next() - 0.5) * 8);
  }

  #replace(order: VendorOrder): void {
    const limitPrice = order.limitPrice === null ? null : this.#near();
    const stopPrice = order.stopPrice === null || order.trail !== null ? null : this.#near();
    const trail = order.trail === null ? null : cents(1 + this.#random.integer(5));
    const qty = this.#random.integer(3) === 0 ? cents(1 + this.#random.integer(9)) : null;
    replaceOrder(this.account, order, { qty, limitPrice, stopPrice, trail, timeInForce: null, clientOrderId: null });
  }

  #ticket(): OrderTicket {
    const random = this.#random;
    const type = pick(random, ["market", "market", "limit", "stop", "stop_limit", "trailing_stop"]);
    const canGroup = type === "market" || type === "limit";
    const orderClass = canGroup ? pick(random, ["simple", "simple", "bracket", "oto", "oco"]) : "simple";
    const side = pick(random, ["buy", "sell"]);
    const isExit = orderClass === "oco" ? side === "sell" : side === "buy";
    return {
      symbol: "AAPL",
      side,
      type: orderClass === "oco" ? "limit" : type,
      timeInForce: pick(random, ["day", "gtc"]),
      orderClass,
      extendedHours: false,
      clientOrderId: null,
      positionIntent: null,
      qty: cents(1 + random.integer(20)),
      notional: null,
      limitPrice: (type === "limit" && orderClass !== "oco") || type === "stop_limit" ? this.#near() : null,
      stopPrice: type === "stop" || type === "stop_limit" ? this.#near() : null,
      trail: type === "trailing_stop" ? { by: "amount", value: cents(1 + random.integer(4)) } : null,
      takeProfit: orderClass === "bracket" || orderClass === "oco" ? cents(this.#price + (isExit ? 6 : -6)) : null,
      stopLoss:
        orderClass === "simple" ? null : { stopPrice: cents(this.#price + (isExit ? -6 : 6)), limitPrice: null },
    };
  }
}

/** What is wrong with an account; nothing, it is hoped. */
function faults({ account, updates }: Life): readonly string[] {
  const { ledger, fills, exchange } = account;
  const found: string[] = [];
  const bought = fills.reduce((sum, { side, qty }) => sum + (side === "buy" ? qty : -qty), 0n);
  if (bought !== account.held("AAPL")) found.push(`fills make ${bought}, held are ${account.held("AAPL")}`);
  for (const order of ledger.orders) {
    const filled = fills.filter(({ orderId }) => orderId === order.id).reduce((sum, { qty }) => sum + qty, 0n);
    if (filled !== order.filledQty) found.push(`${order.id} has fills of ${filled}, not ${order.filledQty}`);
    if ((order.status === "filled") !== (order.qty === order.filledQty)) found.push(`${order.id} is ${order.status}`);
    const told = updates.filter((update) => "id" in update.order && update.order.id === order.id);
    const endings = told.filter(({ event }) => ENDINGS.includes(event));
    if (endings.length > 1) found.push(`${order.id} ended ${endings.map(({ event }) => event).join(", ")}`);
    if (endings.length === 1 && !isFinal(order)) found.push(`${order.id} ended and is ${order.status}`);
    const last = told.at(-1)?.order;
    // What is held is neither told of as it comes nor, mostly, as it goes.
    const isTold = last !== undefined && "status" in last && last.status === order.status;
    if (!isTold && order.status !== "held" && order.takenAs !== "held" && order.status !== "pending_new") {
      found.push(`${order.id} was last told otherwise than ${order.status}`);
    }
  }
  const working = ledger.open().filter((order) => !isQueued(order) && order.exchangeId !== null);
  const atExchange = exchange.openOrders().map(({ orderId }): string => orderId);
  const ids = working.map(({ exchangeId }) => exchangeId ?? "");
  if (ids.toSorted().join() !== atExchange.toSorted().join())
    found.push(`open are ${ids.join()}, at the exchange ${atExchange.join()}`);
  return found;
}

describe("whatever is done to an account", () => {
  it.each(
    SEEDS.flatMap(
      (seed) =>
        [
          [seed, 0],
          [seed, 300],
        ] as const,
    ),
  )(
    "[AS90] seed %i, latency %i ms: fills, positions, statuses, updates and what is kept agree",
    { timeout: 60_000 },
    async (seed, latencyMs) => {
      const life = new Life(seed, latencyMs);
      await life.start();
      for (let step = 0; step < STEPS; step += LOOK_EVERY) {
        for (let count = 0; count < LOOK_EVERY; count += 1) await life.step();
        expect({ seed, step, faults: faults(life) }).toEqual({ seed, step, faults: [] });
      }
      expect(life.account.fills.length).toBeGreaterThan(10);
      expect(readState(life.kept).orders).toEqual(life.account.ledger.orders);
    },
  );
});
