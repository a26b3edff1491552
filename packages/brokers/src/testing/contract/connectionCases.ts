/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { CHANNELS } from "../../domain/connection.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { limitOrder } from "../builders.ts";
import { ANSWERED_ALONE, CALLS, expectRefusal, WHAT_IF_CALLS } from "./calls.ts";
import { contractCase, heldCase, unconnectedCase, type ContractCase } from "./ContractCase.ts";

export const CONNECTION_CASES: readonly ContractCase[] = [
  unconnectedCase("BC1", "a client is disconnected until it connects", async ({ client }) => {
    expect(client.isConnected()).toBe(false);
    expect(client.getConnectionStatus()).toMatchObject({
      state: "disconnected",
      isConnected: false,
      isHealthy: false,
      mode: client.mode,
    });
  }),
  unconnectedCase("BC1", "connect resolves true, and then the client is connected and healthy", async ({ client }) => {
    expect(await client.connect()).toBe(true);
    expect(client.isConnected()).toBe(true);
    expect(client.getConnectionStatus()).toMatchObject({
      state: "connected",
      isConnected: true,
      isHealthy: true,
      mode: client.mode,
      error: null,
    });
  }),
  contractCase("BC1", "connecting again answers true and keeps subscriptions", async ({ client, market }) => {
    const asks: (number | null)[] = [];
    await client.subscribeToMarketData("AAPL", ({ ask }) => asks.push(ask));
    expect(await client.connect()).toBe(true);
    await market.quote("AAPL", 101, 101.02);
    await market.until(() => asks.includes(101.02));
  }),
  unconnectedCase("BC1", "two connects at once both resolve true", async ({ client }) => {
    expect(await Promise.all([client.connect(), client.connect()])).toEqual([true, true]);
  }),
  contractCase("BC1", "a broken connection is healed by connect, in place", async ({ client, market, broker }) => {
    const heard: string[] = [];
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 5, 90, "before-1"));
    await client.subscribeToOrderUpdates(({ type, order }) => heard.push(`${type} ${order.clientOrderId}`));
    await client.subscribeToMarketData("AAPL", ({ ask }) => heard.push(`ask ${ask}`));
    await broker.breakConnection();
    const broken = client.getConnectionStatus();
    expect(broken.isHealthy).toBe(false);
    expect(broken.error?.message ?? "").not.toBe("");
    for (const [method, call] of Object.entries(CALLS)) {
      if (!ANSWERED_ALONE.includes(method)) await expectRefusal(call(client), BrokerErrorCode.CONNECTION_FAILED);
    }
    heard.length = 0;
    expect(await client.connect()).toBe(true);
    expect(client.getConnectionStatus()).toMatchObject({ state: "connected", isHealthy: true, error: null });
    expect((await client.getOpenOrders()).map((order) => order.orderId)).toEqual([orderId]);
    await market.quote("AAPL", 101, 101.02);
    await client.placeOrder(limitOrder("AAPL", "buy", 1, 91, "after-1"));
    await market.until(() => heard.includes("ask 101.02") && heard.includes("order after-1"));
    expect(heard.filter((each) => each === "order after-1")).toHaveLength(1);
  }),
  ...Object.entries(CALLS).map(([method, call]) =>
    unconnectedCase("BC2", `${method} before connect fails with CONNECTION_FAILED`, async ({ client }) => {
      await expectRefusal(call(client), BrokerErrorCode.CONNECTION_FAILED);
    }),
  ),
  ...Object.entries(WHAT_IF_CALLS).map(([method, call]) =>
    unconnectedCase(
      "BC2",
      `${method} before connect answers or fails with CONNECTION_FAILED, and connects nothing`,
      async ({ client }) => {
        const code = await call(client).then(
          () => BrokerErrorCode.CONNECTION_FAILED,
          async (error: unknown) =>
            (await expectRefusal(Promise.reject(error), BrokerErrorCode.CONNECTION_FAILED)).code,
        );
        expect(code).toBe(BrokerErrorCode.CONNECTION_FAILED);
        expect(client.isConnected()).toBe(false);
      },
    ),
  ),
  contractCase("BC3", "after disconnect every call fails with CONNECTION_FAILED", async ({ client }) => {
    await client.disconnect();
    expect(client.isConnected()).toBe(false);
    for (const call of Object.values(CALLS)) await expectRefusal(call(client), BrokerErrorCode.CONNECTION_FAILED);
  }),
  contractCase("BC3", "disconnect is idempotent, and fine before connect", async ({ client }) => {
    await client.disconnect();
    await client.disconnect();
    expect(client.isConnected()).toBe(false);
  }),
  contractCase("BC3", "disconnect ends every subscription", async ({ client, market }) => {
    const heard: string[] = [];
    await client.subscribeToMarketData("AAPL", ({ symbol }) => heard.push(symbol));
    await client.subscribeToOrderUpdates(({ type }) => heard.push(type));
    await market.until(() => heard.length > 0);
    await client.disconnect();
    await client.connect();
    heard.length = 0;
    await market.quote("AAPL", 101, 101.02);
    await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    expect(heard).toEqual([]);
  }),
  contractCase("BC3", "the account outlives the connection", async ({ client }) => {
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 5, 90));
    await client.disconnect();
    await client.connect();
    expect((await client.getOpenOrders()).map((order) => order.orderId)).toEqual([orderId]);
  }),
  contractCase("BC4", "health is evidence: every used channel is up and says since when", async ({ client }) => {
    const { channels, since } = client.getConnectionStatus();
    expect(since).toBeGreaterThan(0);
    for (const channel of CHANNELS) {
      const { state, lastEvidenceAt } = channels[channel];
      expect(["up", "unused"]).toContain(state);
      expect(state === "unused" ? null : typeof lastEvidenceAt).toBe(state === "unused" ? null : "number");
    }
  }),
  ...Object.entries({ ...CALLS, ...WHAT_IF_CALLS }).map(([method, call]) =>
    contractCase("BC5", `${method} with an aborted signal is refused`, async ({ client }) => {
      await expectRefusal(call(client, { signal: AbortSignal.abort() }), BrokerErrorCode.TIMEOUT);
    }),
  ),
  contractCase("BC5", "an order that was aborted before it was sent does not exist", async ({ client }) => {
    await expectRefusal(
      client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "aborted"), { signal: AbortSignal.abort() }),
      BrokerErrorCode.TIMEOUT,
    );
    expect(await client.getOrderByClientOrderId("aborted")).toBeNull();
  }),
  heldCase(
    "BC5",
    "an order whose signal aborts after it was sent is OUTCOME_UNKNOWN, and may exist",
    async (harness, hold) => {
      const { client, market } = harness;
      const letGo = hold();
      const caller = new AbortController();
      const placing = client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "sent-1"), { signal: caller.signal });
      await market.advance(0);
      caller.abort();
      await expectRefusal(placing, BrokerErrorCode.OUTCOME_UNKNOWN, "unknown");
      letGo();
      expect(await client.getOrderByClientOrderId("sent-1")).toMatchObject({ status: "submitted" });
      expect(client.isConnected()).toBe(true);
    },
  ),
  heldCase("BC5", "so is a change or a cancel, and takes effect all the same", async (harness, hold) => {
    const { client, market } = harness;
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "sent-2"));
    const commands = [
      [
        () => client.modifyOrder(orderId, { price: 91 }, { signal: caller.signal }),
        { price: "91", status: "submitted" },
      ],
      [() => client.cancelOrder(orderId, { signal: caller.signal }), { status: "canceled" }],
    ] as const;
    let caller = new AbortController();
    for (const [send, effect] of commands) {
      caller = new AbortController();
      const letGo = hold();
      const sending = send();
      await market.advance(0);
      caller.abort();
      await expectRefusal(sending, BrokerErrorCode.OUTCOME_UNKNOWN, "unknown");
      letGo();
      expect(await client.getOrderByClientOrderId("sent-2")).toMatchObject(effect);
    }
  }),
  heldCase(
    "BC5",
    "a question whose signal aborts while it waits is TIMEOUT, refused",
    async ({ client, market }, hold) => {
      const letGo = hold();
      const placing = client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
      const caller = new AbortController();
      const asking = client.getOpenOrders({ signal: caller.signal });
      await market.advance(0);
      caller.abort();
      await expectRefusal(asking, BrokerErrorCode.TIMEOUT);
      letGo();
      await placing;
    },
  ),
  unconnectedCase("BC5", "a connect with an aborted signal connects nothing", async ({ client }) => {
    await expectRefusal(client.connect({ signal: AbortSignal.abort() }), BrokerErrorCode.TIMEOUT);
    expect(client.isConnected()).toBe(false);
  }),
];
