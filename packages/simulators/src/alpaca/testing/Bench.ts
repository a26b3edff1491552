import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import { startAlpacaSimulator, type AlpacaSimulator, type AlpacaSimulatorOptions } from "../startAlpacaSimulator.ts";

export const KEY = "PKTEST";
export const SECRET = "not-a-secret";

/** An answer as it came over the wire. */
export interface WireAnswer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The fields of an order that tests look at. */
export interface OrderBody {
  readonly id: string;
  readonly client_order_id: string;
  readonly status: string;
  readonly type: string;
  readonly side: string;
  readonly order_class: string;
  readonly qty: string | null;
  readonly notional: string | null;
  readonly filled_qty: string;
  readonly filled_avg_price: string | null;
  readonly limit_price: string | null;
  readonly stop_price: string | null;
  readonly hwm: string | null;
  readonly trail_price: string | null;
  readonly submitted_at: string;
  readonly expires_at: string;
  readonly replaced_by: string | null;
  readonly replaces: string | null;
  readonly position_intent: string;
  readonly legs: readonly OrderBody[] | null;
}

export interface ErrorBody {
  readonly code?: number;
  readonly message: string;
}

/** A simulator whose time and prices a test makes, and plain HTTP to it. */
export class Bench implements AsyncDisposable {
  readonly clock: FakeClock;
  readonly feed: ManualFeed;
  readonly simulator: AlpacaSimulator;

  private constructor(clock: FakeClock, feed: ManualFeed, simulator: AlpacaSimulator) {
    this.clock = clock;
    this.feed = feed;
    this.simulator = simulator;
  }

  /** Friday 2026-11-20, 10:00 in New York; AAPL at 100.00 to 100.02, MSFT at 400.00 to 400.10, TSLA at 250.00 to 250.05. */
  static async open(
    options: Partial<AlpacaSimulatorOptions> & {
      readonly startAt?: number;
      readonly alwaysOpen?: boolean;
      readonly namesAuctions?: boolean;
    } = {},
  ): Promise<Bench> {
    const { startAt, alwaysOpen = false, namesAuctions = false, ...given } = options;
    const clock = new FakeClock(startAt);
    const feed = new ManualFeed({ clock, alwaysOpen, namesAuctions });
    const accounts = [{ key: KEY, secret: SECRET }];
    const simulator = await startAlpacaSimulator({ clock, feed, accounts, ...given });
    const bench = new Bench(clock, feed, simulator);
    bench.quoteAll();
    return bench;
  }

  /** Fresh quotes at the usual prices. A market that shows just what it showed before its night says nothing new (PX22). */
  quoteAll(size?: number): void {
    this.feed.quote("AAPL", 100, 100.02, size);
    this.feed.quote("MSFT", 400, 400.1, size);
    this.feed.quote("TSLA", 250, 250.05, size);
    for (const [symbol, price] of [
      ["AAPL", 100.02],
      ["MSFT", 400.1],
      ["TSLA", 250.05],
    ] as const) {
      this.feed.print(symbol, price);
    }
  }

  async call<Body = unknown>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": SECRET },
  ): Promise<WireAnswer<Body>> {
    const response = await fetch(this.simulator.endpoints.trading + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const read: Body = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: read };
  }

  get<Body = unknown>(path: string): Promise<WireAnswer<Body>> {
    return this.call<Body>("GET", path);
  }

  /** Submits an order; a buy of one AAPL at the market but for what is given. */
  order(given: object = {}): Promise<WireAnswer<OrderBody & ErrorBody>> {
    const usual = { symbol: "AAPL", qty: "1", side: "buy", type: "market", time_in_force: "day" };
    return this.call("POST", "/v2/orders", { ...usual, ...given });
  }

  /** The order as it is now. */
  async current(id: string, nested = false): Promise<OrderBody> {
    return (await this.get<OrderBody>(`/v2/orders/${id}?nested=${nested}`)).body;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.simulator[Symbol.asyncDispose]();
  }
}
