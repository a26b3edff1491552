import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bench, KEY, SECRET, type OrderBody } from "./testing/Bench.ts";
import { FIELD_GAPS, ORDER_FIELD_GAPS, SCHEMA_GAPS, STATUS_GAPS } from "./testing/documentedGaps.ts";
import { OpenApiDocument, type Findings } from "./testing/OpenApiDocument.ts";

const trading = new OpenApiDocument("trading-api");
const data = new OpenApiDocument("market-data-api");

/** Every answer of a walk, held against the documents. */
class Walk {
  readonly findings: (Findings & { readonly status: number; readonly hasMessage: boolean })[] = [];
  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  async go<Body = unknown>(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Body> {
    const answer = await this.#bench.call<Body>(method, path, body, headers);
    const [plain = ""] = path.split("?");
    const document = plain.startsWith("/v2/stocks") ? data : trading;
    const finding = document.check(method, plain, answer.status, answer.body);
    this.findings.push({ ...finding, status: answer.status, hasMessage: hasMessage(answer.body) });
    return answer.body;
  }

  /** What is neither documented nor a gap with a name. */
  get breaches(): readonly string[] {
    return this.findings.flatMap(
      ({ operation, status, hasMessage: isSaid, isStatusDocumented, errors, unknownFields }) => [
        ...(status < 400 || isSaid ? [] : [`${operation} ${status}: no message`]),
        ...(operation === null ? ["no such operation"] : []),
        ...(isStatusDocumented || `* ${status}` in STATUS_GAPS ? [] : [`${operation}: status ${status}`]),
        ...errors
          .map((error) => `${operation} ${status}: ${error.replace(/^(\/\d+)? /, "")}`)
          .filter((error) => !(error in SCHEMA_GAPS)),
        ...unknownFields.filter(
          (field) => !(field in FIELD_GAPS) && !((/(\w+)$/.exec(field)?.[1] ?? "") in ORDER_FIELD_GAPS),
        ),
      ],
    );
  }

  get operations(): ReadonlySet<string> {
    return new Set(this.findings.flatMap(({ operation }) => operation ?? []));
  }
}

/** Every refusal says what it is about. */
const hasMessage = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";

describe("the answers and the vendor's OpenAPI documents", () => {
  let bench: Bench;
  let walk: Walk;

  beforeEach(async () => {
    bench = await Bench.open();
    walk = new Walk(bench);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
  });

  const order = (given: object): object => ({
    symbol: "AAPL",
    qty: "1",
    side: "buy",
    type: "market",
    time_in_force: "day",
    ...given,
  });

  it("[AS1] every answer about orders is as the document says", async () => {
    const bought = await walk.go<OrderBody>("POST", "/v2/orders", order({ qty: "10" }));
    expect(bought.status).toBe("pending_new");
    await walk.go("POST", "/v2/orders", order({ qty: undefined, notional: "50" }));
    const limit = await walk.go<OrderBody>("POST", "/v2/orders", order({ type: "limit", limit_price: "90.5" }));
    await walk.go("POST", "/v2/orders", order({ symbol: "MSFT", type: "stop", stop_price: "410" }));
    await walk.go(
      "POST",
      "/v2/orders",
      order({ symbol: "MSFT", type: "stop_limit", stop_price: "410", limit_price: "411" }),
    );
    await walk.go(
      "POST",
      "/v2/orders",
      order({ symbol: "MSFT", type: "trailing_stop", trail_percent: "2", time_in_force: "gtc" }),
    );
    await walk.go("POST", "/v2/orders", {
      ...order({ symbol: "TSLA", type: "limit", limit_price: "240" }),
      order_class: "bracket",
      take_profit: { limit_price: "260" },
      stop_loss: { stop_price: "230", limit_price: "229" },
    });
    const replaced = await walk.go<OrderBody>("PATCH", `/v2/orders/${limit.id}`, { qty: "2", limit_price: "91" });
    expect(replaced.replaces).toBe(limit.id);
    for (const query of [
      "",
      "?status=all&nested=true&limit=500",
      "?status=closed&direction=asc",
      "?status=all&symbols=AAPL,TSLA&side=buy",
    ]) {
      await walk.go("GET", `/v2/orders${query}`);
    }
    await walk.go("GET", `/v2/orders/${bought.id}?nested=true`);
    await walk.go("GET", `/v2/orders:by_client_order_id?client_order_id=${bought.client_order_id}`);
    await walk.go("DELETE", `/v2/orders/${replaced.id}`);
    await walk.go("DELETE", "/v2/orders");
    expect(walk.operations.size).toBe(7);
    expect(walk.breaches).toEqual([]);
  });

  it("[AS1] every answer about positions is as the document says", async () => {
    await walk.go("POST", "/v2/orders", order({ qty: "10" }));
    await walk.go("POST", "/v2/orders", order({ symbol: "MSFT", qty: "3", side: "sell" }));
    bench.feed.quote("AAPL", 101, 101.02);
    await walk.go("GET", "/v2/positions");
    await walk.go("GET", "/v2/positions/AAPL");
    await walk.go("GET", "/v2/positions/TSLA");
    await walk.go("DELETE", "/v2/positions/AAPL?qty=2");
    await walk.go("DELETE", "/v2/positions/AAPL?percentage=50");
    await walk.go("DELETE", "/v2/positions?cancel_orders=true");
    expect((await bench.get("/v2/positions")).body).toEqual([]);
    expect(walk.breaches).toEqual([]);
  });

  it("[AS1] every answer about the account, the calendar and the assets is as the document says", async () => {
    await walk.go("POST", "/v2/orders", order({ qty: "10" }));
    await bench.clock.advance(120_000);
    for (const path of [
      "/v2/account",
      "/v2/account/configurations",
      "/v2/account/activities",
      "/v2/account/activities?activity_types=FILL&page_size=1&direction=asc",
      "/v2/account/activities?category=non_trade_activity",
      "/v2/account/portfolio/history",
      "/v2/account/portfolio/history?period=1D&timeframe=1Min",
      "/v2/clock",
      "/v3/clock",
      "/v3/clock?markets=NYSE,OCEA&time=2026-11-27T03:00:00Z",
      "/v3/clock?markets=LSE",
      "/v3/calendar/NYSE",
      "/v3/calendar/BOATS?start=2026-11-23&end=2026-11-30&timezone=UTC",
      "/v3/calendar/NYSE?start=1999-01-01",
      "/v2/calendar?start=2026-11-23&end=2026-11-30",
      "/v2/assets",
      "/v2/assets?exchange=NASDAQ&attributes=fractional_eh_enabled",
      "/v2/assets/AAPL",
      "/v2/assets/NOPE",
    ]) {
      await walk.go("GET", path);
    }
    await walk.go("PATCH", "/v2/account/configurations", { no_shorting: true, max_margin_multiplier: "2" });
    await walk.go("GET", "/v2/account/activities/FILL");
    expect(walk.breaches).toEqual([]);
  });

  it("[AS1] every answer about prices is as the document says", async () => {
    for (const kind of ["trades", "quotes", "bars"]) {
      const query = `symbols=AAPL,MSFT,NOPE&feed=iex&timeframe=1Min&start=2026-11-20T14:00:00Z&limit=2`;
      await walk.go("GET", `/v2/stocks/${kind}?${query}`);
      await walk.go("GET", `/v2/stocks/AAPL/${kind}?${query}`);
      await walk.go("GET", `/v2/stocks/${kind}/latest?symbols=AAPL,NOPE&feed=iex`);
      await walk.go("GET", `/v2/stocks/AAPL/${kind}/latest?feed=iex`);
      await walk.go("GET", `/v2/stocks/NOPE/${kind}/latest?feed=iex`);
      await walk.go("GET", `/v2/stocks/${kind}/latest?symbols=AAPL&feed=sip`);
    }
    await walk.go("GET", "/v2/stocks/snapshots?symbols=AAPL,TSLA&feed=iex");
    await walk.go("GET", "/v2/stocks/AAPL/snapshot?feed=iex");
    await walk.go("GET", "/v2/stocks/bars?symbols=AAPL&timeframe=7Eons&feed=iex");
    await walk.go("GET", "/v2/stocks/bars?timeframe=1Day&feed=iex");
    expect(walk.breaches).toEqual([]);
  });

  it("[AS1] every refusal has a body as the document says", async () => {
    const stranger = { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": `${SECRET}?` };
    await walk.go("GET", "/v2/account", undefined, stranger);
    await walk.go("GET", "/v2/stocks/AAPL/snapshot", undefined, stranger);
    await walk.go("GET", "/v2/stocks/AAPL/snapshot", undefined, {});
    await walk.go("POST", "/v2/orders", order({ qty: "10000" }));
    await walk.go("POST", "/v2/orders", order({ type: "limit", limit_price: "90.123" }));
    await walk.go("POST", "/v2/orders", order({ symbol: "NOPE" }));
    await walk.go("POST", "/v2/orders", order({ side: "sidewards" }));
    await walk.go("GET", "/v2/orders/not-an-id");
    await walk.go("GET", "/v2/orders/904837e3-3b76-47ec-b432-046db621571b");
    await walk.go("DELETE", "/v2/positions/AAPL");
    await walk.go("PATCH", "/v2/account/configurations", { no_shorting: "perhaps" });
    expect(walk.breaches).toEqual([]);
  });
});
