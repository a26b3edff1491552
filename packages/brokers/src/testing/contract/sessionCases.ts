/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { MarketSession } from "../../domain/marketData.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { expectNothingPlaced, expectRefusal } from "./calls.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";
import { untilStatus } from "./untilStatus.ts";

/** Orders that cannot wait for the market to open. */
const IMMEDIATE: Readonly<Record<string, OrderRequest>> = {
  market: marketOrder("AAPL", "buy", 1),
  IOC: { ...limitOrder("AAPL", "buy", 1, "100.02"), timeInForce: "ioc" },
  FOK: { ...limitOrder("AAPL", "buy", 1, "100.02"), timeInForce: "fok" },
};
const EXTENDED: readonly MarketSession[] = ["pre", "post"];

export const SESSION_CASES: readonly ContractCase[] = [
  ...EXTENDED.map((session) =>
    proof(
      ["extendedHours"],
      contractCase("BC35", `in the ${session} session only an order for extended hours trades`, async (harness) => {
        const { client, market } = harness;
        await market.enter(session);
        // Another quote than the one of before: told again as it was, that one is none of the new session's.
        await market.quote("AAPL", 99.99, 100.02);
        expect(await client.getMarketHours("NYSE")).toMatchObject({ session, isOpen: false });
        const waiting = await client.placeOrder(limitOrder("AAPL", "buy", 2, "100.02"));
        const trading = await client.placeOrder({ ...limitOrder("AAPL", "buy", 1, "100.02"), extendedHours: true });
        await untilStatus(harness, trading.orderId, "filled");
        expect(await client.getOpenOrders()).toMatchObject([{ orderId: waiting.orderId, extendedHours: false }]);
        expect(await client.getPositions()).toMatchObject([{ quantity: "1" }]);
        await market.enter("regular");
        await market.quote("AAPL", 99.9, 99.92);
        await untilStatus(harness, waiting.orderId, "filled");
      }),
    ),
  ),
  ...Object.entries(IMMEDIATE).flatMap(([kind, order]) =>
    (["closed", "pre"] as const).map((session) =>
      contractCase(
        "BC35",
        `${kind} in a market that is ${session} is MARKET_CLOSED, and told when it opens`,
        async ({ client, market }) => {
          await market.enter(session);
          await market.quote("AAPL", 99.99, 100.02);
          const { nextOpenAt } = await client.getMarketHours("NYSE");
          const error = await expectRefusal(client.placeOrder(order), BrokerErrorCode.MARKET_CLOSED);
          expect(new Date(error.details["nextOpenAt"] ?? "").getTime()).toBe(nextOpenAt);
          const { issues } = await client.validateOrder(order);
          expect(issues.map(({ code }) => code)).toContain(BrokerErrorCode.MARKET_CLOSED);
          await expectNothingPlaced(client);
          await market.enter("regular");
          await market.quote("AAPL", 100, 100.02);
          await client.placeOrder(order);
          expect(await client.getPositions()).toMatchObject([{ quantity: "1" }]);
        },
      ),
    ),
  ),
  contractCase(
    "BC35",
    "at night an order for extended hours trades where the broker calls it overnight",
    async (harness) => {
      const { client, market } = harness;
      await market.enter("overnight");
      await market.quote("AAPL", 99.99, 100.02);
      const { session, isOpen } = await client.getMarketHours("NYSE");
      expect(isOpen).toBe(false);
      const waiting = await client.placeOrder(limitOrder("AAPL", "buy", 2, "100.02"));
      const { orderId } = await client.placeOrder({ ...limitOrder("AAPL", "buy", 1, "100.02"), extendedHours: true });
      await expectRefusal(client.placeOrder(marketOrder("AAPL", "buy", 1)), BrokerErrorCode.MARKET_CLOSED);
      if (session === "overnight") await untilStatus(harness, orderId, "filled");
      const open = (await client.getOpenOrders()).map((order) => order.orderId);
      expect(open).toEqual(session === "overnight" ? [waiting.orderId] : [waiting.orderId, orderId]);
      expect(session === "overnight" || session === "closed").toBe(true);
    },
  ),
  contractCase("BC35", "a limit given to a closed market waits for it, and then trades", async (harness) => {
    const { client, market } = harness;
    await market.enter("closed");
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 1, "100.02"));
    expect(await client.getOpenOrders()).toMatchObject([{ orderId, status: "submitted" }]);
    await market.enter("regular");
    await market.quote("AAPL", 99.99, 100.02);
    await untilStatus(harness, orderId, "filled");
  }),
  contractCase("BC35", "an order is canceled while the market is closed", async (harness) => {
    const { client, market } = harness;
    const { orderId } = await client.placeOrder({ ...limitOrder("AAPL", "buy", 1, 90), timeInForce: "gtc" });
    await market.enter("closed");
    expect(await client.cancelOrder(orderId)).toBe(true);
    await untilStatus(harness, orderId, "canceled");
  }),
  contractCase("BC34", "a closed market is not open, and says when it opens and closes", async ({ client, market }) => {
    await market.enter("closed");
    const { at, isOpen, session, nextOpenAt, nextCloseAt } = await client.getMarketHours("NASDAQ");
    expect({ isOpen, session }).toEqual({ isOpen: false, session: "closed" });
    expect(nextOpenAt).toBeGreaterThan(at);
    expect(nextCloseAt).toBeGreaterThan(nextOpenAt ?? Number.POSITIVE_INFINITY);
    await market.enter("regular");
    expect(await client.getMarketHours("NASDAQ")).toMatchObject({ isOpen: true, session: "regular", nextCloseAt });
  }),
];
