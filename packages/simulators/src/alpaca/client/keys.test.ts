import { AlpacaClient, limitOrder } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { KEY, SECRET } from "../testing/Bench.ts";
import { ClientBench } from "../testing/ClientBench.ts";
import { failureOf } from "../testing/failureOf.ts";

const KEYS = { keyId: KEY, secretKey: SECRET };

describe("keys and hosts", () => {
  it.each([
    ["a wrong secret", { keyId: KEY, secretKey: "wrong-secret" }],
    ["keys of another account", { keyId: "AKLIVE", secretKey: SECRET }],
  ])("[AL9] %s: AUTHENTICATION_FAILED after one question, and no key in the error", async (_what, keys) => {
    await using bench = await ClientBench.open();
    const client = bench.createClient(keys);
    const error = await failureOf(client.connect());
    expect(error).toMatchObject({ code: "AUTHENTICATION_FAILED", outcome: "refused" });
    expect([client.isConnected(), bench.simulator.journal.entries.length]).toEqual([false, 1]);
    expect(bench.simulator.journal.requests("GET", "/v2/account")).toHaveLength(1);
    const text = `${String(error)} ${JSON.stringify(error)}`;
    for (const secret of Object.values(keys)) expect(text).not.toContain(secret);
  });

  it.each([
    "https://api.alpaca.markets",
    "https://paper-api.alpaca.markets",
    "http://localhost:8080",
    "http://10.0.0.1",
  ])("[AL1] a simulator at %s is refused before any byte", async (trading) => {
    await using bench = await ClientBench.open();
    const venue = { kind: "simulator", ...bench.simulator.endpoints, trading } as const;
    expect(() => new AlpacaClient({ mode: "paper", keys: KEYS, venue })).toThrow(
      expect.objectContaining({ code: "NOT_SUPPORTED" }),
    );
    expect(bench.simulator.journal.entries).toEqual([]);
  });

  it("[AL1] nothing reaches a simulator in live mode", async () => {
    await using bench = await ClientBench.open();
    const config = { mode: "live", keys: KEYS, venue: { kind: "simulator", ...bench.simulator.endpoints } };
    expect(() => Reflect.construct(AlpacaClient, [config])).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
    expect(bench.simulator.journal.entries).toEqual([]);
  });

  it("[AL9] an account that may not trade is not connected, and one that is suspended later is refused by Alpaca", async () => {
    await using bench = await ClientBench.open();
    const account = bench.simulator.account(KEY);
    const client = await bench.connected();
    account.patchSettings({ suspend_trade: true });
    expect(await failureOf(client.placeOrder(limitOrder("AAPL", "buy", 1, 90)))).toMatchObject({
      code: "ORDER_REJECTED",
      outcome: "refused",
      details: { rule: "trading_suspended" },
    });
    account.standing = { status: "ACCOUNT_CLOSED", tradingBlocked: false, accountBlocked: false };
    expect(await failureOf(bench.createClient().connect())).toMatchObject({ code: "AUTHENTICATION_FAILED" });
  });
});
