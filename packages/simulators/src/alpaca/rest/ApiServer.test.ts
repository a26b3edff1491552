import { describe, expect, it } from "vitest";
import { Bench } from "../testing/Bench.ts";

describe("budgets and headers", () => {
  it("[AS67] two hundred requests a minute, counted on every answer; the minute after has its own", async () => {
    await using bench = await Bench.open({ requestsPerMinute: 3 });
    const remaining: (string | null)[] = [];
    for (let count = 0; count < 3; count += 1)
      remaining.push((await bench.get("/v2/clock")).headers.get("X-RateLimit-Remaining"));
    expect(remaining).toEqual(["2", "1", "0"]);
    const refused = await bench.order();
    expect(refused).toMatchObject({ status: 429, body: { code: 42910000, message: "rate limit exceeded" } });
    expect(refused.headers.get("X-RateLimit-Reset")).toBe(String(Date.UTC(2026, 10, 20, 15, 1) / 1000));
    expect((await bench.get("/v2/stocks/AAPL/quotes/latest")).status).toBe(200);
    await bench.clock.advance(60_000);
    expect((await bench.get("/v2/orders?status=all")).body).toEqual([]);
  });

  it("[AS68] every answer has an id and the time of the clock", async () => {
    await using bench = await Bench.open();
    const { headers } = await bench.get("/v2/account");
    expect(headers.get("X-Request-ID")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("Date")).toBe("Fri, 20 Nov 2026 15:00:00 GMT");
  });

  it("[AS69] the free plan has no newest data of the consolidated tape", async () => {
    await using bench = await Bench.open();
    const refused = {
      status: 403,
      body: { code: 42210000, message: "subscription does not permit querying recent SIP data" },
    };
    expect(await bench.get("/v2/stocks/AAPL/quotes/latest?feed=sip")).toMatchObject(refused);
    const bars = "/v2/stocks/bars?symbols=AAPL&timeframe=1Min";
    expect(await bench.get(`${bars}&start=2026-11-20T14:50:00Z&end=2026-11-20T15:00:00Z`)).toMatchObject(refused);
    expect((await bench.get(`${bars}&start=2026-11-20T14:00:00Z&end=2026-11-20T14:30:00Z`)).status).toBe(200);
    expect((await bench.get(`${bars}&start=2026-11-20T14:50:00Z&feed=iex`)).status).toBe(200);
  });

  it("[AS70] history pages over symbols, sorted, each row once", async () => {
    await using bench = await Bench.open();
    interface Page {
      readonly bars: Readonly<Record<string, readonly { readonly t: string }[]>>;
      readonly next_page_token: string | null;
    }
    const rows: string[] = [];
    const asked = "symbols=MSFT,AAPL&timeframe=1Min&feed=iex&start=2026-11-20T14:58:00Z&limit=2";
    let token: string | null = "";
    while (token !== null) {
      const page: Page = (await bench.get<Page>(`/v2/stocks/bars?${asked}&page_token=${encodeURIComponent(token)}`))
        .body;
      for (const [symbol, bars] of Object.entries(page.bars)) {
        for (const { t } of bars) rows.push(`${symbol} ${t.slice(11, 16)}`);
      }
      token = page.next_page_token;
    }
    expect(rows).toEqual(["AAPL 14:58", "AAPL 14:59", "AAPL 15:00", "MSFT 14:58", "MSFT 14:59", "MSFT 15:00"]);
  });
});
