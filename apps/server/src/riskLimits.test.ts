import type { BrokerClient } from "@trenddojo/brokers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { JumpClock } from "./testing/JumpClock.ts";
import { OWNER } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import type { OrderInput } from "./wire/orders.ts";

const { password } = OWNER;
const MINUTE_MS = 60_000;
const BUY = { type: "limit", symbol: "AAPL", side: "buy" } as const;
const NO_LIMIT = { isBlocked: false, maxOrderValue: null, maxOrderQuantity: null, maxPositionFraction: null } as const;

const clock = new JumpClock();
const clients: BrokerClient[] = [];
let trader: Awaited<ReturnType<typeof createManualDesk>>;

beforeAll(async () => {
  trader = await createManualDesk({
    clock,
    wrapRegistry: (registry) => ({
      ...registry,
      create: (request) => {
        const client = registry.create(request);
        clients.push(client);
        return client;
      },
    }),
  });
});
afterAll(() => trader[Symbol.asyncDispose]());

const policy = () => trader.api.risk.policy.query({ accountId: trader.accountId });
const raise = (raisedTo: string, more: { field?: "maxOrderQuantity" | "maxOrdersPerMinute"; password?: string } = {}) =>
  trader.api.risk.raise.mutate({
    accountId: trader.accountId,
    field: "maxOrderQuantity",
    raisedTo,
    minutes: 5,
    password,
    ...more,
  });
const setLimits = async (change: object) =>
  trader.api.risk.setLimits.mutate({ accountId: trader.accountId, limits: { ...(await policy()).base, ...change } });
const preview = async (order: OrderInput) =>
  (await trader.api.orders.preview.query({ accountId: trader.accountId, order })).issues.map(({ rule }) => rule);
/** What the client's own gate says, which runs on the desk's copy in memory. */
const clientSays = async (quantity: string) => {
  const [client] = clients;
  const { issues } = (await client?.validateOrder({ ...BUY, price: "1.00", quantity })) ?? { issues: [] };
  return issues.map(({ rule }) => rule);
};
const actions = async () => (await trader.api.audit.list.query({ limit: 20 })).entries.map(({ action }) => action);

describe("an account's limits", () => {
  it("[SV70] are set no higher than they are or the defaults are, and the refusal says to raise for a time", async () => {
    const { base, defaults } = await policy();
    expect(base).toEqual(defaults);
    const refusal = await refusalOf(setLimits({ maxOrderQuantity: "100001" }));
    expect(refusal).toMatchObject({
      code: "INVALID_INPUT",
      message: "maxOrderQuantity may be at most 100000 without an end; raise it for a time instead.",
      issues: [{ field: "limits.maxOrderQuantity", params: { limit: "100000", given: "100001" } }],
    });
    for (const change of [{ maxOrdersPerMinute: 61 }, { maxPositionFraction: 0.11 }, { maxDailyLossFraction: 0.03 }]) {
      expect(await refusalOf(setLimits(change))).toMatchObject({ code: "INVALID_INPUT" });
    }
    await setLimits({ maxOrderQuantity: "10" });
    expect(await preview({ ...BUY, price: "1.00", quantity: "11" })).toEqual(["order_quantity"]);
    expect(await clientSays("11")).toEqual(["order_quantity"]);
    // Back to the default is no raise.
    await setLimits({ maxOrderQuantity: "100000" });
    await setLimits({ maxOrderQuantity: "10" });
  });

  it("[SV71] one is raised for a time with the password again, and reverts by itself, here and in the client", async () => {
    expect(await refusalOf(raise("20", { password: "not that one" }))).toMatchObject({ code: "BAD_CREDENTIALS" });
    expect(await actions()).toContain("password.refused");
    expect(await refusalOf(raise("10"))).toMatchObject({ code: "INVALID_INPUT", issues: [{ field: "raisedTo" }] });
    for (const wrong of ["", "-1", "1e3", "many"])
      expect(await refusalOf(raise(wrong))).toMatchObject({ code: "INVALID_INPUT" });
    expect(await refusalOf(raise("601", { field: "maxOrdersPerMinute" }))).toMatchObject({ code: "INVALID_INPUT" });
    const raised = await raise("20");
    expect(raised).toMatchObject({
      base: { maxOrderQuantity: "10" },
      effective: { maxOrderQuantity: "20" },
      raises: [{ field: "maxOrderQuantity", before: "10", raisedTo: "20", grantedBy: "Ada", endedAt: null }],
    });
    expect((await actions())[0]).toBe("risk.limit_raised");
    expect(await preview({ ...BUY, price: "1.00", quantity: "20" })).toEqual([]);
    expect(await clientSays("20")).toEqual([]);
    expect(await clientSays("21")).toEqual(["order_quantity"]);
    clock.jump(5 * MINUTE_MS);
    expect(await policy()).toMatchObject({ effective: { maxOrderQuantity: "10" }, raises: [] });
    expect(await preview({ ...BUY, price: "1.00", quantity: "20" })).toEqual(["order_quantity"]);
    expect(await clientSays("20")).toEqual(["order_quantity"]);
  });

  it("[SV71] a raise is ended before its time; another's does not exist", async () => {
    const { raises } = await raise("20");
    const ended = await trader.api.risk.endRaise.mutate({ raiseId: raises[0]?.id ?? "" });
    expect(ended).toMatchObject({ effective: { maxOrderQuantity: "10" }, raises: [] });
    expect(await clientSays("20")).toEqual(["order_quantity"]);
    expect((await actions())[0]).toBe("risk.raise_ended");
    expect(await refusalOf(trader.api.risk.endRaise.mutate({ raiseId: "no-such" }))).toMatchObject({
      code: "NOT_FOUND",
    });
    await setLimits({ maxOrderQuantity: "100000" });
  });
});

describe("a symbol's own limits", () => {
  const set = (limit: object) =>
    trader.api.risk.setSymbolLimit.mutate({
      accountId: trader.accountId,
      limit: { ...NO_LIMIT, symbol: "AAPL", ...limit },
    });

  it("[SV72] hold beside the account's, in the desk and in the client, and end when they are removed", async () => {
    expect(await set({ maxOrderQuantity: "5" })).toMatchObject({
      symbols: [{ symbol: "AAPL", maxOrderQuantity: "5" }],
    });
    const order = { ...BUY, price: "1.00", quantity: "6" } as const;
    expect(await preview(order)).toEqual(["symbol_order_quantity"]);
    expect(await preview({ ...order, symbol: "MSFT" })).toEqual([]);
    expect(await clientSays("6")).toEqual(["symbol_order_quantity"]);
    const refusal = await refusalOf(trader.place(order));
    expect(refusal).toMatchObject({ code: "RISK_LIMIT_EXCEEDED", issues: [{ params: { quantity: "6", limit: "5" } }] });
    await set({ isBlocked: true });
    expect(await preview(order)).toEqual(["symbol_blocked"]);
    expect((await actions())[0]).toBe("risk.symbol_limit_set");
    expect(await refusalOf(set({ maxOrderValue: "0" }))).toMatchObject({ issues: [{ field: "limit.maxOrderValue" }] });
    const removed = await trader.api.risk.removeSymbolLimit.mutate({ accountId: trader.accountId, symbol: "AAPL" });
    expect(removed.symbols).toEqual([]);
    expect(await preview(order)).toEqual([]);
    expect(await clientSays("6")).toEqual([]);
  });

  it("[SV72] an entry that closes a blocked position may not bring exits that could open one", async () => {
    const { id } = await trader.place({ ...BUY, price: "101.00", quantity: "2" });
    await trader.untilState(id, "FILLED");
    await set({ isBlocked: true });
    const close = { type: "limit", symbol: "AAPL", side: "sell", quantity: "2", price: "99.00" } as const;
    expect(await preview(close)).toEqual([]);
    const exits = { takeProfit: { price: "90.00" }, stopLoss: { stopPrice: "110.00" } };
    expect(await preview({ ...close, orderClass: "bracket", ...exits })).toContain("symbol_blocked");
  });
});
