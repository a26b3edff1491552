import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccountEvent } from "../../domain/AccountEvent.ts";
import { until } from "../../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage } from "../../testing/alpaca/SessionStage.ts";

const LIST = "GET /v2/account/activities";
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

let stage: SessionStage;
let rows: readonly object[];
let now: number;

beforeEach(async () => {
  stage = await SessionStage.set();
  rows = [];
  now = stage.clock.now();
  // By when they were written down, as Alpaca says, and in pages.
  stage.alpaca.on(LIST, ({ query }) => {
    const after = Date.parse(query.get("after") ?? "");
    const from = rows.findIndex((each) => "id" in each && each.id === query.get("page_token")) + 1;
    const later = rows.filter((each) => !("created_at" in each) || Date.parse(String(each.created_at)) > after);
    return { json: later.slice(from, from + Number(query.get("page_size"))) };
  });
  await stage.client.connect();
});
afterEach(() => stage[Symbol.asyncDispose]());

const fee = (name: string, at: number, change: object = {}) => ({
  id: `20261120000000000::${name}`,
  activity_type: "FEE",
  net_amount: "-0.01",
  status: "executed",
  created_at: new Date(at).toISOString(),
  ...change,
});

async function follow(since: number): Promise<{ readonly told: string[]; readonly end: () => void }> {
  const told: string[] = [];
  const end = await stage.client.subscribeToAccountEvents(since, ({ id }: AccountEvent) => {
    told.push(id.replace(/^.*::/, ""));
  });
  return { told, end };
}
const asked = () => stage.alpaca.seen(LIST).length;

describe("the account's news", () => {
  it("[AL26] what is known is told first, oldest first, from the instant that was asked for", async () => {
    rows = [fee("b", now - 2 * DAY_MS), fee("a", now - 3 * DAY_MS), fee("c", now - MINUTE_MS)];
    expect((await follow(0)).told).toEqual(["a", "b", "c"]);
    expect((await follow(now - 2 * DAY_MS)).told).toEqual(["b", "c"]);
    expect((await follow(now - MINUTE_MS + 1)).told).toEqual([]);
    expect(stage.alpaca.seen(LIST)[0]?.query.get("category")).toBe("non_trade_activity");
    expect(stage.alpaca.seen(LIST)[0]?.query.get("direction")).toBe("asc");
  });

  it("[AL26] each is told once, soon after it is listed, however often it is read", async () => {
    const first = await follow(0);
    rows = [fee("a", now)];
    await stage.clock.advanceUntil(() => first.told.length > 0, 10_000, 10 * MINUTE_MS);
    const second = await follow(0);
    rows = [...rows, fee("b", now + MINUTE_MS)];
    await stage.clock.advanceUntil(() => first.told.length > 1, 10_000, 10 * MINUTE_MS);
    for (let minute = 0; minute < 12; minute += 1) await stage.clock.advance(MINUTE_MS);
    await until(() => true);
    expect([first.told, second.told]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    first.end();
    rows = [...rows, fee("c", now + 2 * MINUTE_MS)];
    await stage.clock.advanceUntil(() => second.told.length > 2, 10_000, 10 * MINUTE_MS);
    expect(first.told).toEqual(["a", "b"]);
  });

  it("[AL26] one that was written down late, behind those that are known, is told all the same", async () => {
    rows = [fee("b", now - MINUTE_MS)];
    const { told } = await follow(0);
    rows = [fee("a", now - DAY_MS), ...rows];
    await stage.clock.advanceUntil(() => told.length > 1, 10_000, 10 * MINUTE_MS);
    expect(told).toEqual(["b", "a"]);
  });

  it("[AL26] it is asked for every five minutes, at once after a gap, and not where nobody listens", async () => {
    await stage.clock.advance(11 * MINUTE_MS);
    expect(asked()).toBe(0);
    await follow(0);
    expect(asked()).toBe(1);
    for (let second = 0; second < 290; second += 10) await stage.clock.advance(10_000);
    expect(asked()).toBe(1);
    await stage.clock.advanceUntil(() => asked() === 2, 1_000, MINUTE_MS);
    stage.alpaca.close("orders");
    await stage.clock.advanceUntil(() => asked() === 3, 1_000, 4 * MINUTE_MS);
  });

  it("[AL26] it is read in pages to the end", async () => {
    rows = Array.from({ length: 205 }, (_, index) => fee(`n${index}`, now - DAY_MS + index));
    const { told } = await follow(0);
    expect(told).toHaveLength(205);
    expect(asked()).toBe(3);
  });

  it("[AL26] an account whose activities cannot be read is followed all the same, and told them later", async () => {
    stage.alpaca.on(LIST, { status: 500, bytes: "<html>" });
    const { told } = await follow(now - 5 * DAY_MS);
    expect(stage.logged.join()).toContain("what happened to the account could not be read");
    stage.alpaca.on(LIST, ({ query }) => {
      expect(Date.parse(query.get("after") ?? "")).toBeLessThan(now - 5 * DAY_MS);
      return { json: [fee("a", now - 4 * DAY_MS)] };
    });
    await stage.clock.advanceUntil(() => told.length > 0, 1_000, 2 * MINUTE_MS);
    expect(told).toEqual(["a"]);
  });

  it("[AL26] nobody waits for a list that does not come", async () => {
    stage.alpaca.on(LIST, { fate: "hold" });
    const following = follow(0);
    await stage.clock.advanceUntil(() => asked() > 0, 0, 0);
    await stage.clock.advance(2_000);
    expect((await following).told).toEqual([]);
  });

  it("[AL26] a row that cannot be read, or of which nothing is known, hides no other; its kind is logged once", async () => {
    rows = [
      fee("x", now, { net_amount: "much" }),
      fee("y", now, { activity_type: "NOVEL", net_amount: "0" }),
      fee("z", now),
    ];
    const { told } = await follow(0);
    await stage.clock.advance(6 * MINUTE_MS);
    await until(() => asked() > 1);
    expect(told).toEqual(["z"]);
    expect(stage.logged.filter((line) => line.includes("NOVEL"))).toHaveLength(1);
  });

  it("[AL26] after a split the positions are asked for anew, and whoever left is told nothing", async () => {
    const { told } = await follow(0);
    await stage.client.getPositions();
    const before = stage.alpaca.seen("GET /v2/positions").length;
    await stage.client.getPositions();
    expect(stage.alpaca.seen("GET /v2/positions")).toHaveLength(before);
    const split = { activity_type: "SPLIT", activity_sub_type: "FSPLIT", symbol: "AAPL", net_amount: "0" };
    rows = [fee("r", now, { ...split, qty: "-10" }), fee("s", now, { ...split, qty: "40" })];
    const again = await follow(0);
    expect([told, again.told]).toEqual([["r"], ["r"]]);
    await stage.client.getPositions();
    expect(stage.alpaca.seen("GET /v2/positions")).toHaveLength(before + 1);
    await stage.client.disconnect();
    rows = [...rows, fee("t", now)];
    await stage.client.connect();
    await stage.clock.advance(6 * MINUTE_MS);
    expect([told, again.told]).toEqual([["r"], ["r"]]);
  });
});
