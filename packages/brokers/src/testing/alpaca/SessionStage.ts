import { AlpacaSession } from "../../alpaca/AlpacaSession.ts";
import REST from "../../alpaca/fixtures/rest.json" with { type: "json" };
import type { OrderUpdateEvent } from "../../domain/order.ts";
import { FakeClock } from "../FakeClock.ts";
import { seededRandom } from "../seededRandom.ts";
import { ScriptedAlpaca, type Route } from "./ScriptedAlpaca.ts";
import { STAGE_KEYS } from "./StreamStage.ts";
import { uuid, wireOrderOf } from "./wireBuilders.ts";

/** A paper account with a hundred thousand dollars. */
export const STAGE_ACCOUNT = {
  ...REST.find(({ kind }) => kind === "account")?.body,
  account_number: "PA3000000001",
  status: "ACTIVE",
  cash: "100000",
  equity: "100000",
  last_equity: "99900.12345678912",
  buying_power: "400000",
  long_market_value: "0",
  short_market_value: "0",
  multiplier: "4",
};

const ASSET = { ...REST.find(({ kind }) => kind === "asset")?.body, id: uuid(), attributes: [] };

/** A session in paper mode, and a server that says what the account, AAPL and its prices are; a test changes what it says. */
export class SessionStage implements AsyncDisposable {
  readonly alpaca: ScriptedAlpaca;
  readonly clock = new FakeClock();
  readonly client: AlpacaSession;
  /** Everything that was said to the log. */
  readonly logged: string[] = [];
  /** What Alpaca lists. */
  readonly book: { open: readonly object[]; all: readonly object[]; activities: readonly object[] } = {
    open: [],
    all: [],
    activities: [],
  };

  constructor(alpaca: ScriptedAlpaca) {
    this.alpaca = alpaca;
    const log = (details: object, message: string): void =>
      void this.logged.push(`${message} ${JSON.stringify(details)}`);
    const logger = { debug: log, info: log, warn: log, error: log };
    this.client = new AlpacaSession(
      { mode: "paper", keys: STAGE_KEYS, venue: alpaca.venue, codec: "json" },
      { clock: this.clock, random: seededRandom(1), logger },
    );
    this.#script();
  }

  static async set(): Promise<SessionStage> {
    return new SessionStage(await ScriptedAlpaca.start());
  }

  /** Now, as Alpaca writes it. */
  time(): string {
    return new Date(this.clock.now()).toISOString();
  }

  /** Answers every new order with one that is being routed. */
  takeOrders(change: object = {}): void {
    this.alpaca.on("POST /v2/orders", ({ body }) => ({
      json: wireOrderOf({ ...JSON.parse(body), status: "pending_new", ...change }),
    }));
  }

  /** Everything that subscribers of orders are told from here on. */
  async follow(): Promise<readonly OrderUpdateEvent[]> {
    const told: OrderUpdateEvent[] = [];
    await this.client.subscribeToOrderUpdates((event) => told.push(event));
    return told;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.disconnect();
    await this.alpaca[Symbol.asyncDispose]();
  }

  #script(): void {
    const orders: Route = ({ query }) => ({ json: query.get("status") === "open" ? this.book.open : this.book.all });
    this.alpaca
      .on("GET /v2/account", { json: STAGE_ACCOUNT })
      .on("GET /v2/clock", () => ({
        json: {
          timestamp: this.time(),
          is_open: true,
          next_open: "2026-11-23T09:30:00-05:00",
          next_close: "2026-11-20T16:00:00-05:00",
        },
      }))
      .on("GET /v2/orders", orders)
      .on("GET /v2/positions", { json: [] })
      .on("GET /v2/account/activities/FILL", () => ({ json: this.book.activities }))
      .on("GET /v2/account/activities", ({ query }) => ({
        json: query.get("category") === "non_trade_activity" ? [] : this.book.activities,
      }))
      .on("GET /v2/assets/AAPL", { json: ASSET })
      .on("GET /v2/assets", { json: [ASSET] })
      .on("GET /v2/stocks/snapshots", () => ({
        json: {
          AAPL: {
            latestQuote: { t: this.time(), bp: 100, bs: 1_000, ap: 100.02, as: 1_000 },
            latestTrade: { t: this.time(), p: 100, s: 5 },
          },
        },
      }));
  }
}

/** What was told, a line each: "fill filled 10". */
export function toldLines(told: readonly OrderUpdateEvent[]): readonly string[] {
  return told.map(({ type, order }) => `${type} ${order.status} ${order.filledQuantity}`);
}
