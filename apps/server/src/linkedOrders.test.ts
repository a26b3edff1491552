import { randomUUID } from "node:crypto";
import { tradingStates, users } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { OWNER } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

/** Rests below the market, and its exits around it. */
const BRACKET = {
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "10",
  price: "99.00",
  timeInForce: "gtc",
  orderClass: "bracket",
  takeProfit: { price: "110.00" },
  stopLoss: { stopPrice: "90.00" },
} as const satisfies OrderInput;

describe("a bracket", () => {
  it("[SV41] is placed whole, waits, works when its entry is filled, and ends with the exit that fills", async () => {
    await using trader = await createManualDesk();
    const { feed, place, groupOf, states, untilState, detail, api, accountId } = trader;
    const { id } = await place(BRACKET);
    expect(await groupOf(id)).toMatchObject({
      entry: { id, state: "WORKING", isHeld: false, side: "buy", group: { leaderId: id, orderClass: "bracket" } },
      take_profit: { state: "WORKING", isHeld: true, side: "sell", type: "limit", price: "110", quantity: "10" },
      stop_loss: { state: "WORKING", isHeld: true, side: "sell", type: "stop", stopPrice: "90", quantity: "10" },
    });
    const placed = await groupOf(id);
    const profit = placed["take_profit"]?.id ?? "";
    const stop = placed["stop_loss"]?.id ?? "";
    expect(placed["take_profit"]?.clientOrderId).toBe(`${placed["entry"]?.clientOrderId}-tp`);
    expect((await detail(profit)).explanation).toMatchObject({ rule: "PX111" });

    feed.quote("AAPL", 98.97, 98.99);
    await untilState(id, "FILLED");
    await until("the exits work", async () => Object.values(await groupOf(id)).every(({ isHeld }) => !isHeld));
    expect((await detail(profit)).events.at(-1)).toMatchObject({
      type: "state",
      message: "Works from now on: its entry is filled",
    });
    feed.quote("AAPL", 110.5, 110.52);
    await untilState(profit, "FILLED");
    await untilState(stop, "CANCELED");
    expect(await states(id)).toEqual({ entry: "FILLED", take_profit: "FILLED", stop_loss: "CANCELED" });
    expect((await detail(stop)).explanation).toMatchObject({ rule: "PX113", params: { status: "filled" } });
    const { explanation, fills } = await detail(profit);
    expect(explanation?.rule).toMatch(/^PX\d/);
    expect(fills).toMatchObject([{ quantity: "10", why: { rule: explanation?.rule } }]);
    expect((await api.accounts.portfolio.query({ accountId })).positions).toEqual([]);
  });

  it("[SV41] ends whole with one cancel, of its entry or of an exit", async () => {
    await using trader = await createManualDesk();
    const { place, states, groupOf, api, untilState, feed } = trader;
    const first = await place(BRACKET);
    expect((await api.orders.cancel.mutate({ orderId: first.id })).state).toBe("CANCELED");
    const second = await place({ ...BRACKET, quantity: "11" });
    const { take_profit: profit, stop_loss: stop } = await groupOf(second.id);
    await api.orders.cancel.mutate({ orderId: stop?.id ?? "" });
    for (const { id } of [first, second]) {
      await until("the end of the group", async () =>
        Object.values(await states(id)).every((state) => state === "CANCELED"),
      );
    }
    const third = await place({ ...BRACKET, quantity: "12" });
    feed.quote("AAPL", 98.97, 98.99);
    await untilState(third.id, "FILLED");
    const exits = await groupOf(third.id);
    await api.orders.cancel.mutate({ orderId: exits["take_profit"]?.id ?? "" });
    await untilState(exits["stop_loss"]?.id ?? "", "CANCELED");
    expect(profit?.state).toBe("WORKING");
  });

  it("[SV41] is changed in its entry, and the exits follow; an exit is changed in its price alone", async () => {
    await using trader = await createManualDesk();
    const { place, groupOf, api, untilState, feed } = trader;
    const { id } = await place(BRACKET);
    const changed = await api.orders.modify.mutate({ orderId: id, changes: { quantity: "20", price: "99.50" } });
    expect(changed).toMatchObject({ state: "WORKING", quantity: "20", price: "99.5" });
    const exits = await until("the exits follow", async () => {
      const group = await groupOf(id);
      return Object.values(group).every(({ quantity }) => quantity === "20") ? group : null;
    });
    const profit = exits["take_profit"]?.id ?? "";
    const stop = exits["stop_loss"]?.id ?? "";
    const change = (orderId: string, changes: object) => api.orders.modify.mutate({ orderId, changes });
    // Held, then working: neither is judged as if it opened a position.
    expect(await change(profit, { price: "112.00" })).toMatchObject({ state: "WORKING", price: "112" });
    feed.quote("AAPL", 99.4, 99.42);
    await untilState(id, "FILLED");
    expect(await change(stop, { stopPrice: "91.00" })).toMatchObject({ state: "WORKING", stopPrice: "91" });
    expect(await refusalOf(change(profit, { quantity: "5" }))).toMatchObject({
      code: "NOT_SUPPORTED",
      issues: [{ field: "quantity" }],
    });
    expect(await refusalOf(change(profit, { price: "90.50" }))).toMatchObject({ outcome: "refused" });
    expect((await trader.detail(profit)).order).toMatchObject({ state: "WORKING", price: "112" });
  });

  it("[SV42] twenty parallel calls with one key place one group", async () => {
    await using trader = await createManualDesk();
    const { place, api } = trader;
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(BRACKET, key)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await api.orders.list.query({})).orders).toHaveLength(3);
    const other = { ...BRACKET, stopLoss: { stopPrice: "89.00" } };
    expect(await refusalOf(place(other, key))).toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  it("[SV44] that a rule denies is kept whole, with its rule and numbers", async () => {
    await using trader = await createManualDesk();
    const { place, api, detail } = trader;
    expect(await refusalOf(place({ ...BRACKET, quantity: "150" }))).toMatchObject({ code: "POSITION_SIZE_EXCEEDED" });
    const { orders } = await api.orders.list.query({});
    expect(orders.map(({ state }) => state)).toEqual(["DENIED", "DENIED", "DENIED"]);
    for (const { id } of orders) {
      expect((await detail(id)).explanation).toMatchObject({
        rule: "position_limit",
        params: { value: "14850.00", limit: "10000.00" },
      });
    }
  });

  it("[SV44] that its broker refuses is rejected whole, with the broker's rule", async () => {
    await using trader = await createManualDesk();
    const { place, api, detail } = trader;
    // For a market entry the market decides where the profit must lie, and that is the broker's to know.
    const { price: _price, ...terms } = BRACKET;
    const order: OrderInput = { ...terms, type: "market", timeInForce: "day", takeProfit: { price: "95.00" } };
    const { id, state } = await place(order);
    expect(state).toBe("REJECTED");
    const { orders } = await api.orders.list.query({});
    expect(orders.map((each) => each.state)).toEqual(["REJECTED", "REJECTED", "REJECTED"]);
    expect((await detail(id)).explanation).toMatchObject({ rule: "PX110", params: { profit: "95", entry: "100.02" } });
  });

  it("[SV14] is as it was after a restart, and goes on", async () => {
    await using store = await createTestStore();
    const keyEncryptionKey = Buffer.alloc(32, 7);
    let cookie = "";
    let before;
    let id = "";
    {
      await using trader = await createManualDesk({ store, keyEncryptionKey });
      ({ id } = await trader.place(BRACKET));
      before = await until("the broker's names of all", async () => {
        const group = await trader.groupOf(id);
        return Object.values(group).every(({ venueOrderId }) => venueOrderId !== null) ? group : null;
      });
      cookie = trader.person.cookie();
    }
    await using trader = await createManualDesk({ store, keyEncryptionKey, cookie });
    const { groupOf, feed, untilState, api } = trader;
    expect(await groupOf(id)).toEqual(before);
    feed.quote("AAPL", 98.97, 98.99);
    await untilState(id, "FILLED");
    feed.quote("AAPL", 89.5, 89.52);
    feed.print("AAPL", 89.5);
    await untilState(before["stop_loss"]?.id ?? "", "FILLED");
    await untilState(before["take_profit"]?.id ?? "", "CANCELED");
    expect((await api.orders.list.query({})).orders).toHaveLength(3);
  });

  it("[SV48] does not go while trading only reduces: its exits could open a position", async () => {
    await using trader = await createManualDesk();
    const { place, untilState, desk } = trader;
    const bought = await place({ type: "market", symbol: "AAPL", side: "buy", quantity: "10" });
    await untilState(bought.id, "FILLED");
    const user = await users.findByUsername(desk.store.db, OWNER.username);
    if (user === null) throw new Error("there is no owner");
    await tradingStates.set(desk.store.db, {
      userId: user.id,
      state: "REDUCING",
      reason: "test",
      changedAt: 1,
      changedBy: user.id,
    });
    const { price: _price, ...terms } = BRACKET;
    const flipping: OrderInput = {
      ...terms,
      type: "market",
      side: "sell",
      timeInForce: "day",
      takeProfit: { price: "90.00" },
      stopLoss: { stopPrice: "110.00" },
    };
    expect(await refusalOf(place(flipping))).toMatchObject({ issues: [{ field: "orderClass" }] });
    const { takeProfit: _profit, ...pair } = BRACKET;
    const oco: OrderInput = { ...pair, side: "sell", price: "110.00", orderClass: "oco" };
    expect(await place(oco)).toMatchObject({ state: "WORKING" });
  });

  it("[SV48] counts once in every limit: its exits close what its entry opens", async () => {
    await using trader = await createManualDesk();
    const { place, states, feed, untilState } = trader;
    // 10 % of 100,000 is the most in one symbol.
    const first = await place({ ...BRACKET, quantity: "50" });
    const second = await place({ ...BRACKET, quantity: "49" });
    expect(await states(second.id)).toEqual({ entry: "WORKING", take_profit: "WORKING", stop_loss: "WORKING" });
    feed.quote("AAPL", 98.9, 98.92);
    await untilState(first.id, "FILLED");
    await untilState(second.id, "FILLED");
    expect(await refusalOf(place({ ...BRACKET, quantity: "5", price: "98.00" }))).toMatchObject({
      code: "POSITION_SIZE_EXCEEDED",
    });
  });
});

describe("other linked orders", () => {
  const { takeProfit: _profit, ...STOPPED } = { ...BRACKET, orderClass: "oto" } as const;

  it("[SV41] an oto has one exit, which works when its entry is filled", async () => {
    await using trader = await createManualDesk();
    const { place, groupOf, feed, untilState, states } = trader;
    const order = { ...STOPPED, stopLoss: { stopPrice: "90.00", price: "89.00" } };
    const { id } = await place(order);
    const { stop_loss: stop, ...others } = await groupOf(id);
    expect(stop).toMatchObject({ type: "stop_limit", stopPrice: "90", price: "89", isHeld: true });
    expect(Object.keys(others)).toEqual(["entry"]);
    feed.quote("AAPL", 98.97, 98.99);
    await untilState(id, "FILLED");
    feed.quote("AAPL", 89.9, 89.92);
    feed.print("AAPL", 89.9);
    await untilState(stop?.id ?? "", "FILLED");
    expect(await states(id)).toEqual({ entry: "FILLED", stop_loss: "FILLED" });
  });

  it("[SV41] an oco closes what is held: its profit leads, and one that fills ends the other", async () => {
    await using trader = await createManualDesk();
    const { place, groupOf, feed, untilState, api, accountId } = trader;
    const bought = await place({ type: "market", symbol: "AAPL", side: "buy", quantity: "10" });
    await untilState(bought.id, "FILLED");
    const oco = {
      type: "limit",
      symbol: "AAPL",
      side: "sell",
      quantity: "10",
      price: "110.00",
      timeInForce: "gtc",
      orderClass: "oco",
      stopLoss: { stopPrice: "90.00" },
    } as const satisfies OrderInput;
    const { id } = await place(oco);
    const { take_profit: profit, stop_loss: stop } = await groupOf(id);
    expect(profit).toMatchObject({ id, state: "WORKING", isHeld: false, group: { leaderId: id, orderClass: "oco" } });
    expect(stop).toMatchObject({ state: "WORKING", isHeld: false, side: "sell", group: { leaderId: id } });
    expect(await refusalOf(api.orders.modify.mutate({ orderId: id, changes: { quantity: "5" } }))).toMatchObject({
      code: "NOT_SUPPORTED",
    });
    const lower = await api.orders.modify.mutate({ orderId: id, changes: { price: "105.00" } });
    expect(lower).toMatchObject({ state: "WORKING", price: "105" });
    feed.quote("AAPL", 89.5, 89.52);
    feed.print("AAPL", 89.5);
    await untilState(stop?.id ?? "", "FILLED");
    await untilState(id, "CANCELED");
    expect((await api.accounts.portfolio.query({ accountId })).positions).toEqual([]);
    expect(await place({ ...oco, quantity: "9" })).toMatchObject({
      state: "REJECTED",
      reason: { code: "ORDER_REJECTED" },
    });
  });

  const rows: readonly (readonly [string, OrderInput, string])[] = [
    ["a stop above its entry", { ...BRACKET, stopLoss: { stopPrice: "99.50" } }, "stopLoss"],
    ["a bracket without a stop", { ...BRACKET, stopLoss: undefined }, "orderClass"],
    ["exits of a simple order", { ...BRACKET, orderClass: "simple" }, "takeProfit"],
    ["an oto with both exits", { ...BRACKET, orderClass: "oto" }, "orderClass"],
    ["an exit off the tick", { ...BRACKET, takeProfit: { price: "110.005" } }, "takeProfit"],
    ["a bracket for one moment", { ...BRACKET, timeInForce: "ioc" }, "orderClass"],
  ];
  it("[SV2] what does not go together is refused with its field and stores nothing", async () => {
    await using trader = await createManualDesk();
    const { place, api } = trader;
    const answers = [];
    for (const [name, order] of rows) {
      const { code, issues } = await refusalOf(place(order));
      answers.push([name, code, issues[0]?.field]);
    }
    expect(answers).toEqual(rows.map(([name, , field]) => [name, "INVALID_ORDER", field]));
    const parts = await refusalOf(place({ ...BRACKET, quantity: "1.5", timeInForce: "day" }));
    expect(parts.issues.map((issue) => issue.field)).toContain("quantity");
    const { orders } = await api.orders.list.query({});
    expect(new Set(orders.map(({ state }) => state))).toEqual(new Set(["DENIED"]));
  });
});
