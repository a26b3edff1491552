import { describe, expect, it } from "vitest";
import { Bench, type ErrorBody, type OrderBody, type WireAnswer } from "./testing/Bench.ts";

/** Thursday 2026-11-19, 21:00 in New York: the night before a trading day. */
const NIGHT = Date.UTC(2026, 10, 20, 2, 0);
const HOUR_MS = 3_600_000;
const EXTENDED = { type: "limit", limit_price: "100.05", extended_hours: true } as const;

/** Prices at the usual places, so that a buy at the ask fills. */
async function night(options: Parameters<typeof Bench.open>[0] = {}): Promise<Bench> {
  return Bench.open({ startAt: NIGHT, tendEveryMs: 60_000, ...options });
}

const attributesOf = async (bench: Bench, symbol: string): Promise<readonly string[]> =>
  (await bench.get<{ attributes: readonly string[] }>(`/v2/assets/${symbol}`)).body.attributes;

describe("the overnight session", () => {
  it.each([
    ["day", "2026-11-21T01:00:00Z"],
    ["gtc", "2027-02-18T02:00:00Z"],
  ])("[AS100] a limit %s order for extended hours trades in it, on the next day's account", async (tif, expiresAt) => {
    await using bench = await night();
    const { body } = await bench.order({ ...EXTENDED, time_in_force: tif });
    expect(body).toMatchObject({ status: "pending_new", expires_at: expiresAt });
    expect((await bench.current(body.id)).status).toBe("filled");
    expect((await bench.get("/v2/clock")).body).toMatchObject({
      is_open: false,
      next_open: "2026-11-20T09:30:00-05:00",
    });
  });

  it("[AS100] any other order is accepted and waits; what is not filled goes on into the day", async () => {
    await using bench = await night();
    const { body: plain } = await bench.order({ type: "limit", limit_price: "100.05" });
    const { body: market } = await bench.order();
    const { body: low } = await bench.order({ ...EXTENDED, limit_price: "99" });
    bench.feed.quote("AAPL", 100, 100.03);
    const statuses = async (): Promise<readonly string[]> =>
      Promise.all([plain, market, low].map(async ({ id }) => (await bench.current(id)).status));
    expect(await statuses()).toEqual(["accepted", "accepted", "new"]);
    await bench.clock.advance(12.5 * HOUR_MS);
    bench.quoteAll(500);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(await statuses()).toEqual(["filled", "filled", "filled"]);
  });

  it.each([
    ["a market order", { type: "market", extended_hours: true }],
    ["an order to be filled at once", { ...EXTENDED, time_in_force: "ioc" }],
    ["a stop", { type: "stop", stop_price: "110", extended_hours: true }],
    [
      "a bracket",
      { ...EXTENDED, order_class: "bracket", take_profit: { limit_price: "110" }, stop_loss: { stop_price: "90" } },
    ],
  ])("[AS101] %s for extended hours is refused", async (_, given) => {
    await using bench = await night();
    expect((await bench.order(given)).status).toBe(422);
  });

  it("[AS102] an account that turned the night off waits for the pre-market", async () => {
    await using bench = await night();
    await bench.call("PATCH", "/v2/account/configurations", { disable_overnight_trading: true });
    const { body } = await bench.order(EXTENDED);
    bench.feed.quote("AAPL", 100, 100.03);
    expect(body.status).toBe("accepted");
    expect((await bench.current(body.id)).status).toBe("accepted");
    await bench.clock.advance(7 * HOUR_MS + 60_000);
    expect((await bench.current(body.id)).status).toBe("new");
    bench.feed.quote("AAPL", 100, 100.04);
    expect((await bench.current(body.id)).status).toBe("filled");
  });

  it("[AS103] an asset that does not trade in it, or is halted for it, says so, and its orders wait", async () => {
    await using bench = await night({ notOvernight: ["MSFT"] });
    bench.simulator.market.haltOvernight("TSLA");
    expect(await Promise.all(["AAPL", "MSFT", "TSLA"].map((symbol) => attributesOf(bench, symbol)))).toEqual([
      ["fractional_eh_enabled", "overnight_tradable"],
      ["fractional_eh_enabled"],
      ["fractional_eh_enabled", "overnight_tradable", "overnight_halted"],
    ]);
    const found = (await bench.get<readonly { symbol: string }[]>("/v2/assets?attributes=overnight_tradable")).body;
    expect(found.map(({ symbol }) => symbol)).toEqual(["AAPL", "TSLA"]);
    const { body: daily } = await bench.order({ ...EXTENDED, symbol: "MSFT", limit_price: "401" });
    const { body: halted } = await bench.order({ ...EXTENDED, symbol: "TSLA", limit_price: "251" });
    const { body: gone } = await bench.order({ ...EXTENDED, symbol: "TSLA", limit_price: "252" });
    bench.quoteAll(700);
    const statuses = async (): Promise<readonly string[]> =>
      Promise.all([daily, halted].map(async ({ id }) => (await bench.current(id)).status));
    expect(await statuses()).toEqual(["accepted", "accepted"]);
    expect((await bench.call("DELETE", `/v2/orders/${gone.id}`)).status).toBe(204);
    // The halt is over before the night is; the other waits for the pre-market.
    bench.simulator.market.haltOvernight("TSLA", false);
    bench.quoteAll(800);
    expect(await statuses()).toEqual(["accepted", "filled"]);
    await bench.clock.advance(7 * HOUR_MS + 60_000);
    bench.quoteAll(900);
    expect(await statuses()).toEqual(["filled", "filled"]);
    expect((await bench.current(gone.id)).status).toBe("canceled");
  });

  it("[AS103] an order that works since the evening does not fill in a night in which its symbol does not trade", async () => {
    await using bench = await night({ startAt: NIGHT - 1.5 * HOUR_MS, notOvernight: ["MSFT"] });
    const gtc = { ...EXTENDED, time_in_force: "gtc" };
    const { body: daily } = await bench.order({ ...gtc, symbol: "MSFT", limit_price: "399" });
    const { body: nightly } = await bench.order({ ...gtc, symbol: "TSLA", limit_price: "249" });
    const statuses = async (): Promise<readonly string[]> =>
      Promise.all([daily, nightly].map(async ({ id }) => (await bench.current(id)).status));
    const fall = (size: number): void => {
      bench.feed.quote("MSFT", 398, 398.5, size);
      bench.feed.quote("TSLA", 248, 248.5, size);
    };
    expect(await statuses()).toEqual(["new", "new"]);
    await bench.clock.advance(2 * HOUR_MS);
    fall(700);
    expect(await statuses()).toEqual(["new", "filled"]);
    await bench.clock.advance(7 * HOUR_MS);
    fall(800);
    expect(await statuses()).toEqual(["filled", "filled"]);
  });

  it("[AS104] buys twice the equity and no more, where the day allows four times", async () => {
    await using bench = await night();
    const buy = (qty: string): Promise<WireAnswer<OrderBody & ErrorBody>> =>
      bench.order({ ...EXTENDED, limit_price: "100", qty });
    const { status, body } = await buy("2001");
    expect([status, body]).toEqual([
      403,
      { code: 40310000, message: "insufficient buying power", buying_power: "200000", cost_basis: "200100" },
    ]);
    expect((await buy("1500")).status).toBe(200);
    expect((await buy("501")).body).toMatchObject({ buying_power: "50000" });
    expect((await buy("500")).status).toBe(200);
  });

  it.each([
    ["the evening before Thanksgiving", Date.UTC(2026, 10, 26, 2, 0), "accepted"],
    ["Thanksgiving's evening, before a short day", Date.UTC(2026, 10, 27, 2, 0), "pending_new"],
    ["the evening after a short day, a Friday", Date.UTC(2026, 10, 28, 2, 0), "accepted"],
    ["Sunday's evening", Date.UTC(2026, 10, 23, 2, 0), "pending_new"],
  ])("[AS105] on %s it is held as the exchange's calendar says", async (_, startAt, status) => {
    await using bench = await Bench.open({ startAt });
    expect((await bench.order(EXTENDED)).body.status).toBe(status);
  });

  it("[AS106] its prices: the free plan has the indicative feed now, the other one late and as history", async () => {
    await using bench = await night();
    const latest = (feed: string): string => `/v2/stocks/quotes/latest?symbols=AAPL&feed=${feed}`;
    const past = (feed: string, end = ""): string =>
      `/v2/stocks/trades?symbols=AAPL&start=2026-11-20&feed=${feed}${end}`;
    const statuses: number[] = [];
    for (const path of [
      latest("overnight"),
      latest("boats"),
      past("overnight"),
      past("boats", "&end=2026-11-20T01:40:00Z"),
      past("boats", "&end=2026-11-20T01:50:00Z"),
    ]) {
      statuses.push((await bench.get(path)).status);
    }
    expect(statuses).toEqual([200, 403, 400, 200, 403]);
    await using paid = await night({ plan: "plus" });
    expect((await paid.get(latest("boats"))).status).toBe(200);
  });
});
