import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until, type ScriptedAlpaca } from "../testing/alpaca/ScriptedAlpaca.ts";
import { SessionStage } from "../testing/alpaca/SessionStage.ts";
import { limitOrder } from "../testing/builders.ts";
import { failureOf } from "../testing/contract/calls.ts";
import type { AlpacaSession } from "./AlpacaSession.ts";

const MINE = limitOrder("AAPL", "buy", 1, 90, "mine");

let alpaca: ScriptedAlpaca;
let client: AlpacaSession;
let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  ({ alpaca, client } = stage);
  stage.takeOrders();
});
afterEach(() => stage[Symbol.asyncDispose]());

describe("an order that is taken back", () => {
  it("[RL9] while it is judged is never sent, and its id is free", async () => {
    await client.connect();
    // Its prices are asked for, and have not arrived.
    const placing = failureOf(client.placeOrder(MINE));
    expect([client.withdrawOrder("another"), client.withdrawOrder("mine"), client.withdrawOrder("mine")]).toEqual([
      false,
      true,
      false,
    ]);
    expect(await placing).toMatchObject({
      code: "ORDER_CLOSED",
      outcome: "refused",
      details: { unsent: "withdrawn" },
    });
    expect(alpaca.seen("POST /v2/orders")).toEqual([]);
    expect(await client.placeOrder(MINE)).toMatchObject({ clientOrderId: "mine" });
  });

  it("[RL9] while Alpaca is silent about what the rules need is refused at once", async () => {
    await client.connect();
    await client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "another"));
    alpaca.on("GET /v2/account", { fate: "hold" });
    const asked = alpaca.seen("GET /v2/account").length;
    const placing = failureOf(client.placeOrder(MINE));
    await until(() => alpaca.seen("GET /v2/account").length > asked);
    expect(client.withdrawOrder("mine")).toBe(true);
    expect(await placing).toMatchObject({ details: { unsent: "withdrawn" } });
  });

  it("[RL9] where nothing has to be asked for any more is not sent either", async () => {
    await client.connect();
    await client.subscribeToMarketData("AAPL", () => undefined);
    await client.validateOrder(MINE);
    const placing = failureOf(client.placeOrder(MINE));
    expect(client.withdrawOrder("mine")).toBe(true);
    expect(await placing).toMatchObject({ details: { unsent: "withdrawn" } });
    expect(alpaca.seen("POST /v2/orders")).toEqual([]);
  });

  it("[RL9] once it was sent is not: the answer is false, and the order is placed", async () => {
    await client.connect();
    await client.placeOrder(MINE);
    expect(client.withdrawOrder("mine")).toBe(false);
    expect(alpaca.seen("POST /v2/orders")).toHaveLength(1);
  });

  it("[RL9] nothing is taken back where nothing is connected", () => {
    expect(client.withdrawOrder("mine")).toBe(false);
  });

  it("[RL11] what is left is in the status while there is a connection", async () => {
    expect(client.getConnectionStatus().budget).toBeUndefined();
    await client.connect();
    expect(client.getConnectionStatus().budget).toMatchObject([
      { host: "trading", limit: 200, queued: { cancel: 0, order: 0 } },
      { host: "data", limit: 200 },
    ]);
  });
});
