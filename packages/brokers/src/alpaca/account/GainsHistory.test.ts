import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SessionStage } from "../../testing/alpaca/SessionStage.ts";
import { wireActivityOf, wireOrderOf } from "../../testing/alpaca/wireBuilders.ts";
import { ACTIVITIES_A_PAGE } from "../rest/TradingRest.ts";

const LIST = "GET /v2/account/activities";
const HELD = { symbol: "AAPL", qty: "1", avg_entry_price: "10", current_price: "12", market_value: "12" };

let stage: SessionStage;
let rows: readonly { readonly id: string }[];

beforeEach(async () => {
  stage = await SessionStage.set();
  rows = [];
  stage.alpaca.on("GET /v2/positions", { json: [{ ...HELD, unrealized_pl: "2" }] }).on(LIST, ({ query }) => {
    const from = rows.findIndex(({ id }) => id === query.get("page_token")) + 1;
    return { json: rows.slice(from, from + ACTIVITIES_A_PAGE) };
  });
  await stage.client.connect();
});
afterEach(() => stage[Symbol.asyncDispose]());

/** Bought one by one at 10 and sold at 12; of an odd number one is left. */
const trades = (count: number) => {
  const order = wireOrderOf({ qty: String(count) });
  return Array.from({ length: count }, (_, index) => ({
    ...wireActivityOf(order, "1", index % 2 === 0 ? "10" : "12", String(index + 1)),
    side: index % 2 === 0 ? "buy" : "sell",
  }));
};
const asked = () => stage.alpaca.seen(LIST).length;
const realized = async () => {
  await stage.clock.advance(1_100);
  const [position] = await stage.client.getPositions();
  return [(await stage.client.getBalances()).realizedPnl, position?.realizedPnl];
};

describe("what closed positions earned", () => {
  it("[AL29] is read once, and then only what is new", async () => {
    rows = trades(ACTIVITIES_A_PAGE + 3);
    expect(await realized()).toEqual(["102", "102"]);
    expect(asked()).toBe(2);
    expect(stage.alpaca.seen(LIST)[0]?.query.get("activity_types")).toBe("FILL,SPLIT");
    rows = [...rows, ...trades(2)];
    expect(await realized()).toEqual(["104", "104"]);
    expect(asked()).toBe(3);
  });

  it("[AL29] of a long history is not said before it is read, and nobody waits for it", async () => {
    rows = trades(12 * ACTIVITIES_A_PAGE + 3);
    expect(await realized()).toEqual([null, null]);
    expect(asked()).toBe(5);
    await stage.clock.advanceUntil(() => asked() === 13, 1_000, 60_000);
    expect(await realized()).toEqual(["1202", "1202"]);
    expect(asked()).toBe(14);
  });

  it("[AL29] of a long history that fails is asked for less and less, and read on once it can be", async () => {
    rows = trades(12 * ACTIVITIES_A_PAGE + 3);
    await realized();
    const begun = asked();
    let isDown = true;
    stage.alpaca.on(LIST, ({ query }) => {
      const from = rows.findIndex(({ id }) => id === query.get("page_token")) + 1;
      return isDown ? { status: 404, bytes: "" } : { json: rows.slice(from, from + ACTIVITIES_A_PAGE) };
    });
    for (let second = 0; second < 60; second += 1) await stage.clock.advance(1_000);
    expect(asked() - begun).toBeGreaterThan(1);
    expect(asked() - begun).toBeLessThanOrEqual(8);
    isDown = false;
    for (let second = 0; second < 90; second += 1) await stage.clock.advance(1_000);
    expect(await realized()).toEqual(["1202", "1202"]);
  });

  it("[AL29] is not said where the executions do not account for what is held", async () => {
    rows = trades(4);
    expect(await realized()).toEqual([null, null]);
    rows = [...rows, ...trades(1)];
    expect(await realized()).toEqual(["4", "4"]);
  });

  it("[AL29] that cannot be read hides nothing else", async () => {
    stage.alpaca.on(LIST, { status: 500, bytes: "" });
    expect(await realized()).toEqual([null, null]);
    expect((await stage.client.getBalances()).cash).toBe("100000");
  });
});
