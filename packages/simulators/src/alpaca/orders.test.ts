import { describe, expect, it } from "vitest";
import { Bench, type ErrorBody, type OrderBody } from "./testing/Bench.ts";
import { listen } from "./testing/listen.ts";

const BRACKET = {
  order_class: "bracket",
  take_profit: { limit_price: "110" },
  stop_loss: { stop_price: "90", limit_price: "89" },
};

/** Statuses of an order and its legs. */
const statuses = ({ status, legs }: OrderBody): readonly string[] => [status, ...(legs ?? []).map((leg) => leg.status)];

describe("what a quote fills", () => {
  it("[AS91] the size that it shows, where it is asked to be a market; as the paper service, anything", async () => {
    await using market = await Bench.open({ quirks: { sizes: "displayed" } });
    await using paper = await Bench.open({ seed: 3 });
    const filled = await Promise.all(
      [market, paper].map(async (bench) => {
        bench.feed.quote("AAPL", 100, 100.02, 30);
        const { body } = await bench.order({ type: "limit", limit_price: "100.02", qty: "50", time_in_force: "ioc" });
        const { status, filled_qty: shares } = await bench.current(body.id);
        return [status, shares];
      }),
    );
    expect(filled).toEqual([
      ["canceled", "30"],
      ["filled", "50"],
    ]);
  });
});

describe("groups of orders", () => {
  it("[AS10] a bracket's exits have ids of their own, are held until the entry is filled, and the stop after that too", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ ...BRACKET, type: "limit", limit_price: "99" });
    expect(body.order_class).toBe("bracket");
    expect(statuses(body)).toEqual(["pending_new", "held", "held"]);
    expect(body.legs?.map(({ side, type, position_intent }) => [side, type, position_intent])).toEqual([
      ["sell", "limit", "sell_to_close"],
      ["sell", "stop_limit", "sell_to_close"],
    ]);
    expect(new Set([body, ...(body.legs ?? [])].flatMap(({ id, client_order_id }) => [id, client_order_id])).size).toBe(
      6,
    );
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(statuses(await bench.current(body.id, true))).toEqual(["filled", "new", "held"]);
  });

  it("[AS10] held legs are in no list of open orders, and nested lists hide legs whose entry is filled", async () => {
    await using bench = await Bench.open();
    await bench.order({ ...BRACKET, type: "limit", limit_price: "99" });
    const ids = async (query: string): Promise<readonly string[]> =>
      (await bench.get<readonly OrderBody[]>(`/v2/orders?${query}`)).body.map(
        ({ status, type }) => `${type} ${status}`,
      );
    expect(await ids("status=open")).toEqual(["limit new"]);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(await ids("status=open")).toEqual(["limit new"]);
    expect(await ids("status=open&nested=true")).toEqual([]);
    expect(await ids("status=all&nested=true")).toEqual(["limit filled"]);
    expect(await ids("status=all")).toEqual(["stop_limit held", "limit new", "limit filled"]);
  });

  it("[AS11] the profit fills: the stop that was held ends without a word", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order(BRACKET);
    const { socket, events } = await listen(bench);
    bench.feed.quote("AAPL", 110.5, 110.52);
    expect(await events()).toEqual(["fill limit"]);
    expect(statuses(await bench.current(body.id, true))).toEqual(["filled", "filled", "canceled"]);
    socket[Symbol.dispose]();
  });

  it.each(["replaced", "canceled"] as const)(
    "[AS11] the stop fills: the profit shows as %s",
    async (takeProfitAfterStop) => {
      await using bench = await Bench.open({ quirks: { takeProfitAfterStop } });
      const { body } = await bench.order({ ...BRACKET, stop_loss: { stop_price: "90" } });
      const { socket, events } = await listen(bench);
      bench.feed.print("AAPL", 89.9);
      bench.feed.quote("AAPL", 89.8, 89.9);
      expect([...(await events())].toSorted()).toEqual(["fill stop", `${takeProfitAfterStop} limit`].toSorted());
      expect(statuses(await bench.current(body.id, true))).toEqual(["filled", takeProfitAfterStop, "filled"]);
      socket[Symbol.dispose]();
    },
  );

  it("[AS12] one member is canceled: so are the others", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ ...BRACKET, type: "limit", limit_price: "99" });
    expect((await bench.call("DELETE", `/v2/orders/${body.id}`)).status).toBe(204);
    expect(statuses(await bench.current(body.id, true))).toEqual(["canceled", "canceled", "canceled"]);
  });

  it("[AS13] an oco's profit is the parent, and its stop the leg", async () => {
    await using bench = await Bench.open();
    await bench.order({ qty: "5" });
    const { body } = await bench.order({
      qty: "5",
      side: "sell",
      type: "limit",
      order_class: "oco",
      take_profit: { limit_price: "110" },
      stop_loss: { stop_price: "90" },
    });
    expect([body.limit_price, ...statuses(body)]).toEqual(["110", "pending_new", "held"]);
    expect((await bench.get<{ qty_available: string }>("/v2/positions/AAPL")).body.qty_available).toBe("0");
  });

  it("[AS13] a pair of exits holds its shares once, and exits that wait for their entry hold none", async () => {
    await using bench = await Bench.open();
    await bench.order({ qty: "10" });
    const exits = { take_profit: { limit_price: "110" }, stop_loss: { stop_price: "90" } };
    await bench.order({ ...exits, qty: "4", side: "sell", type: "limit", order_class: "oco" });
    await bench.order({ ...BRACKET, qty: "3", type: "limit", limit_price: "99" });
    expect((await bench.get<{ qty_available: string }>("/v2/positions/AAPL")).body.qty_available).toBe("6");
  });

  it("[AS13] an oto has one exit", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ order_class: "oto", stop_loss: { stop_price: "90" } });
    expect(statuses(await bench.current(body.id, true))).toEqual(["filled", "new"]);
  });

  it("[AS14] a leg is replaced by an order in the same group", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order(BRACKET);
    const [profit] = body.legs ?? [];
    const next = (await bench.call<OrderBody>("PATCH", `/v2/orders/${profit?.id}`, { limit_price: "111" })).body;
    const now = await bench.current(body.id, true);
    expect(now.legs?.map(({ id, limit_price }) => [id, limit_price])[0]).toEqual([next.id, "111"]);
    expect((await bench.current(profit?.id ?? "")).replaced_by).toBe(next.id);
  });
});

describe("time", () => {
  it("[AS17] a market order outside the session is accepted, and goes at the opening", async () => {
    // Saturday noon; Monday is a session.
    await using bench = await Bench.open({ startAt: Date.UTC(2026, 10, 21, 17), tendEveryMs: 60_000 });
    const { socket, events } = await listen(bench);
    const { body } = await bench.order();
    const resting = await bench.order({ symbol: "MSFT", type: "limit", limit_price: "390" });
    expect([body.status, resting.body.status]).toEqual(["accepted", "accepted"]);
    const refused = await bench.call<ErrorBody>("PATCH", `/v2/orders/${resting.body.id}`, { qty: "2" });
    expect(refused).toMatchObject({ status: 422, body: { code: 42210000 } });
    await bench.clock.advance(Date.UTC(2026, 10, 23, 14, 29) - bench.clock.now());
    bench.quoteAll();
    expect((await bench.current(body.id)).status).toBe("accepted");
    await bench.clock.advance(120_000);
    expect((await bench.current(body.id)).status).toBe("accepted");
    bench.quoteAll(900);
    expect((await bench.current(body.id)).status).toBe("filled");
    expect((await bench.current(resting.body.id)).status).toBe("new");
    expect(await events()).toEqual(["accepted market", "accepted limit", "new limit", "new market", "fill market"]);
    socket[Symbol.dispose]();
  });

  it("[AS17] a day order expires when its day ends, a gtc order after ninety days", async () => {
    await using bench = await Bench.open({ tendEveryMs: 600_000 });
    const { body: day } = await bench.order({ type: "limit", limit_price: "90" });
    const { body: gtc } = await bench.order({ type: "limit", limit_price: "91", time_in_force: "gtc" });
    const { body: late } = await bench.order({ type: "limit", limit_price: "90", extended_hours: true });
    expect(gtc.expires_at).toBe("2027-02-18T15:00:00Z");
    expect([day.expires_at, late.expires_at]).toEqual(["2026-11-20T21:00:00Z", "2026-11-21T01:00:00Z"]);
    await bench.clock.advance(7 * 3_600_000);
    expect([(await bench.current(day.id)).status, (await bench.current(late.id)).status]).toEqual(["expired", "new"]);
    await bench.clock.advance(17 * 3_600_000);
    expect((await bench.current(late.id)).status).toBe("expired");
    expect((await bench.current(gtc.id)).status).toBe("new");
  });

  it("[AS17] an order that waits for a session and gets no price in it expires with its day", async () => {
    await using bench = await Bench.open({ startAt: Date.UTC(2026, 10, 20, 2), tendEveryMs: 600_000 });
    const { body } = await bench.order();
    expect([body.status, body.expires_at]).toEqual(["accepted", "2026-11-20T21:00:00Z"]);
    await bench.clock.advance(18 * 3_600_000);
    expect((await bench.current(body.id)).status).toBe("accepted");
    await bench.clock.advance(3_600_000);
    expect((await bench.current(body.id)).status).toBe("expired");
  });

  it("[AS17] what cannot be filled at once is canceled", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ type: "limit", limit_price: "90", time_in_force: "ioc" });
    expect((await bench.current(body.id)).status).toBe("canceled");
  });

  it("[AS18] lists page by submission: after and until are exclusive, to the nanosecond", async () => {
    await using bench = await Bench.open();
    const made: OrderBody[] = [];
    for (const price of ["90", "91", "92"]) made.push((await bench.order({ type: "limit", limit_price: price })).body);
    const ids = async (query: string): Promise<readonly string[]> =>
      (await bench.get<readonly OrderBody[]>(`/v2/orders?${query}`)).body.map(({ limit_price }) => limit_price ?? "");
    expect(await ids("limit=2")).toEqual(["92", "91"]);
    expect(await ids(`after=${made[0]?.submitted_at}&direction=asc`)).toEqual(["91", "92"]);
    expect(await ids(`until=${made[1]?.submitted_at}`)).toEqual(["90"]);
    expect(await ids(`after_order_id=${made[1]?.id}`)).toEqual(["92"]);
  });

  it("[AS19] activities page by the id of the last row", async () => {
    await using bench = await Bench.open();
    for (const symbol of ["AAPL", "MSFT", "TSLA"]) await bench.order({ symbol });
    const page = async (query: string): Promise<readonly { id: string; symbol: string }[]> =>
      (
        await bench.get<readonly { id: string; symbol: string }[]>(
          `/v2/account/activities/FILL?direction=asc&page_size=2${query}`,
        )
      ).body;
    const first = await page("");
    expect(first[0]?.id).toMatch(/^20261120100000\d{3}::[0-9a-f-]{36}$/);
    const second = await page(`&page_token=${first[1]?.id}`);
    expect([...first, ...second].map(({ symbol }) => symbol)).toEqual(["AAPL", "MSFT", "TSLA"]);
  });
});
