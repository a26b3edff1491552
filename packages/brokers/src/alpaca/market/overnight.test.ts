import { afterEach, beforeEach, describe, expect, it } from "vitest";
import REST from "../fixtures/rest.json" with { type: "json" };
import { SessionStage, STAGE_ACCOUNT } from "../../testing/alpaca/SessionStage.ts";
import { limitOrder, marketOrder } from "../../testing/builders.ts";
import { failureOf } from "../../testing/contract/calls.ts";

const ASSET = { ...REST.find(({ kind }) => kind === "asset")?.body };
/** A Thursday, 21:00 in New York. */
const NIGHT = Date.parse("2026-11-19T21:00:00-05:00");

let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  stage.clock.setWallTime(NIGHT);
  stage.alpaca.on("GET /v2/clock", () => ({
    json: {
      timestamp: stage.time(),
      is_open: false,
      next_open: "2026-11-20T09:30:00-05:00",
      next_close: "2026-11-20T16:00:00-05:00",
    },
  }));
  setAsset(["overnight_tradable", "fractional_eh_enabled"]);
  stage.takeOrders();
  await stage.client.connect();
});
afterEach(() => stage[Symbol.asyncDispose]());

const setAsset = (attributes: readonly string[]): void => {
  stage.alpaca.on("GET /v2/assets/AAPL", { json: { ...ASSET, attributes } });
  stage.alpaca.on("GET /v2/assets", { json: [{ ...ASSET, attributes }] });
};
const night = (quantity: string | number) => ({
  ...limitOrder("AAPL", "buy", quantity, "100.02"),
  extendedHours: true,
});

describe("overnight", () => {
  it("[AL30] is a session of its own, in which the prices of the day are old and not fresh", async () => {
    expect(await stage.client.getMarketHours("NASDAQ")).toMatchObject({
      session: "overnight",
      isOpen: false,
      nextOpenAt: Date.parse("2026-11-20T09:30:00-05:00"),
    });
    expect(await stage.client.getMarketData("AAPL")).toMatchObject({ feed: "closed" });
  });

  it("[AL30] an order for extended hours is sent, and one that cannot wait is not", async () => {
    await stage.client.placeOrder(night(10));
    await stage.client.placeOrder({ ...night(11), timeInForce: "gtc" });
    expect(stage.alpaca.seen("POST /v2/orders").map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "limit", time_in_force: "day", extended_hours: true },
      { type: "limit", time_in_force: "gtc", extended_hours: true },
    ]);
    expect(await failureOf(stage.client.placeOrder(marketOrder("AAPL", "buy", 1)))).toMatchObject({
      code: "MARKET_CLOSED",
    });
  });

  it("[AL30] buys with no more than twice the equity at night, and says so in numbers", async () => {
    const account = { ...STAGE_ACCOUNT, buying_power: "400000", regt_buying_power: "1500" };
    stage.alpaca.on("GET /v2/account", { json: account });
    await stage.clock.advance(2_000);
    expect(await failureOf(stage.client.placeOrder(night(20)))).toMatchObject({
      code: "INSUFFICIENT_FUNDS",
      message: expect.stringContaining("needs 2,000.40 of buying power, 1,500.00 is there: 14 shares"),
    });
    // One of the next day is not held to it.
    await stage.client.placeOrder(limitOrder("AAPL", "buy", 20, "100.02"));
    expect(stage.alpaca.seen("POST /v2/orders")).toHaveLength(1);
  });

  it.each([
    [["overnight_tradable"], { overnight: "tradable", fractionableInExtendedHours: false }],
    [["overnight_tradable", "overnight_halted"], { overnight: "halted" }],
    [["fractional_eh_enabled"], { fractionableInExtendedHours: true }],
  ])("[AL30] what trades at night is said of the instrument: %j", async (attributes, expected) => {
    setAsset(attributes);
    const [found] = await stage.client.searchInstruments("AAPL", 1);
    expect(found).toMatchObject(expected);
    expect("overnight" in (found ?? {})).toBe("overnight" in expected);
  });

  it("[AL30] parts of a share are held to the hours in which theirs trade", async () => {
    await stage.client.placeOrder(night("1.5"));
    await stage.client.disconnect();
    setAsset(["overnight_tradable"]);
    await stage.client.connect();
    expect(await failureOf(stage.client.placeOrder(night("2.5")))).toMatchObject({
      code: "INVALID_ORDER",
      message: expect.stringContaining("2.5 shares of AAPL trade in the regular session only"),
    });
    await stage.client.placeOrder(night(2));
    await stage.client.placeOrder(limitOrder("AAPL", "buy", "2.5", "100.02"));
    expect(stage.alpaca.seen("POST /v2/orders")).toHaveLength(3);
  });
});
