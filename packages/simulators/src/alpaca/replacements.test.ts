import { describe, expect, it } from "vitest";
import { Bench, KEY, type OrderBody } from "./testing/Bench.ts";
import { listen } from "./testing/listen.ts";

const BRACKET = {
  order_class: "bracket",
  take_profit: { limit_price: "110" },
  stop_loss: { stop_price: "90", limit_price: "89" },
};

/** Statuses of an order and its legs. */
const statuses = ({ status, legs }: OrderBody): readonly string[] => [status, ...(legs ?? []).map((leg) => leg.status)];

describe("replacing and canceling", () => {
  it("[AS14] what replaces a held leg is held", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ ...BRACKET, type: "limit", limit_price: "99" });
    const stop = body.legs?.[1];
    const { body: next } = await bench.call<OrderBody>("PATCH", `/v2/orders/${stop?.id}`, { stop_price: "91" });
    expect(next.status).toBe("held");
    const now = await bench.current(body.id, true);
    expect(now.legs?.map(({ id, status, stop_price }) => [id, status, stop_price])[1]).toEqual([next.id, "held", "91"]);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(statuses(await bench.current(body.id, true))).toEqual(["filled", "new", "held"]);
  });

  it("[AS14] a replacement has a new id; each names the other, and the stream tells the old one and the new", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ type: "limit", limit_price: "99", qty: "2" });
    const { socket, events } = await listen(bench);
    const { body: next } = await bench.call<OrderBody>("PATCH", `/v2/orders/${body.id}`, {
      qty: "3",
      client_order_id: "next",
    });
    expect(next).toMatchObject({ replaces: body.id, client_order_id: "next", qty: "3", limit_price: "99" });
    expect(next.id).not.toBe(body.id);
    expect(await bench.current(body.id)).toMatchObject({ status: "replaced", replaced_by: next.id, qty: "2" });
    expect(await events()).toEqual(["replaced limit", "new limit"]);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect(await bench.current(next.id)).toMatchObject({ status: "filled", filled_qty: "3" });
    socket[Symbol.dispose]();
  });

  it("[AS14] a trail is replaced too", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order({ type: "trailing_stop", trail_price: "5" });
    const { body: next } = await bench.call<OrderBody>("PATCH", `/v2/orders/${body.id}`, { trail: "6" });
    expect(await bench.current(next.id)).toMatchObject({ status: "new", trail_price: "6", stop_price: "106.02" });
    expect((await bench.current(body.id)).status).toBe("replaced");
  });

  it("[AS15] with latency an order is pending until the exchange has it, and what replaces a filled one is rejected", async () => {
    await using bench = await Bench.open({ quirks: { latencyMs: 500 } });
    const { body } = await bench.order({ type: "limit", limit_price: "99" });
    expect((await bench.current(body.id)).status).toBe("pending_new");
    await bench.clock.advance(1_000);
    expect((await bench.current(body.id)).status).toBe("new");
    const { body: next } = await bench.call<OrderBody>("PATCH", `/v2/orders/${body.id}`, { limit_price: "98" });
    expect([(await bench.current(body.id)).status, (await bench.current(next.id)).status]).toEqual([
      "pending_replace",
      "pending_new",
    ]);
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect([(await bench.current(body.id)).status, (await bench.current(next.id)).status]).toEqual([
      "filled",
      "rejected",
    ]);
  });

  it.each(["carried", "anew"] as const)(
    "[AS15] what fills while a replacement is on its way is counted once: %s",
    async (replacementFills) => {
      await using bench = await Bench.open({ quirks: { latencyMs: 500, replacementFills }, requestsPerMinute: 10_000 });
      // One fill in ten is a part of the order: try until one is.
      for (let attempt = 0; ; attempt += 1) {
        const { body } = await bench.order({ type: "limit", limit_price: "99", qty: "10" });
        await bench.clock.advance(1_000);
        const { body: next } = await bench.call<OrderBody>("PATCH", `/v2/orders/${body.id}`, { limit_price: "98" });
        bench.feed.quote("AAPL", 98.9, 98.95);
        bench.quoteAll();
        await bench.clock.advance(1_000);
        const filled = Number((await bench.current(body.id)).filled_qty);
        if (filled === 10) continue;
        bench.feed.quote("AAPL", 97, 97.5);
        bench.feed.quote("AAPL", 97, 97.51);
        const now = await bench.current(next.id);
        const isCarried = replacementFills === "carried";
        expect([now.status, Number(now.qty), Number(now.filled_qty)]).toEqual(
          isCarried ? ["filled", 10, 10] : ["filled", 10 - filled, 10 - filled],
        );
        const { body: position } = await bench.get<{ readonly qty: string }>("/v2/positions/AAPL");
        expect(Number(position.qty)).toBe(10 * (attempt + 1));
        return;
      }
    },
  );

  it("[AS15] with latency an order may fill while its cancel is on the way", async () => {
    await using bench = await Bench.open({ quirks: { latencyMs: 500 } });
    const { body } = await bench.order({ type: "limit", limit_price: "99" });
    await bench.clock.advance(1_000);
    expect((await bench.call("DELETE", `/v2/orders/${body.id}`)).status).toBe(204);
    expect((await bench.current(body.id)).status).toBe("pending_cancel");
    bench.feed.quote("AAPL", 98.9, 98.95);
    expect((await bench.current(body.id)).status).toBe("filled");
  });

  it("[AS16] cancels everything with a status for each order", async () => {
    await using bench = await Bench.open();
    const first = await bench.order({ type: "limit", limit_price: "99" });
    const second = await bench.order({ ...BRACKET, symbol: "AAPL", type: "limit", limit_price: "98" });
    const { status, body } = await bench.call("DELETE", "/v2/orders");
    expect([status, body]).toEqual([207, [first, second].map((each) => ({ id: each.body.id, status: 200 }))]);
  });
});

describe("fills that a replacement takes over", () => {
  it.each([
    ["carried", "10", "4", "10"],
    ["anew", "6", "0", "6"],
  ] as const)("[AS14] %s", async (replacementFills, qty, filledQty, whole) => {
    await using bench = await Bench.open({ quirks: { replacementFills } });
    // A part of an order is filled where another took the rest of what was there: here by hand, to be certain.
    const account = bench.simulator.account(KEY);
    const { body } = await bench.order({ qty: "10", type: "limit", limit_price: "90" });
    const order = account.ledger.byId(body.id);
    if (order === undefined) throw new Error("the order is not there");
    order.filledQty = 4_000_000_000n;
    order.filledValue = 360_000_000_000n;
    const { body: next } = await bench.call<OrderBody>("PATCH", `/v2/orders/${body.id}`, { limit_price: "91" });
    expect(await bench.current(next.id)).toMatchObject({ qty, filled_qty: filledQty });
    expect(whole).toBe(qty);
  });
});
