/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { expectNothingPlaced, expectRefusal } from "./calls.ts";
import { contractCase, type ContractCase } from "./ContractCase.ts";

/** Longer than any broker here trusts a quote. */
const OLD_MS = 6 * 60_000;

export const REFUSAL_CASES: readonly ContractCase[] = [
  contractCase(
    "BC47",
    "all of the buying power may be spent; one share more is INSUFFICIENT_FUNDS with the numbers",
    async ({ client, broker }) => {
      broker.liftRiskLimits();
      const { buyingPower } = await client.getBalances();
      const affordable = Math.floor(Number(buyingPower) / 50);
      const tooMuch = limitOrder("AAPL", "buy", affordable + 1, 50);
      const error = await expectRefusal(client.placeOrder(tooMuch), BrokerErrorCode.INSUFFICIENT_FUNDS);
      expect(Number(error.details["required"])).toBeGreaterThan(Number(error.details["available"]));
      expect(Number(error.details["available"])).toBeGreaterThan(0);
      await expectNothingPlaced(client);
      await client.placeOrder(limitOrder("AAPL", "buy", affordable, 50));
      const left = await client.getBalances();
      expect(Number(left.buyingPower)).toBeLessThan(50);
      await expectRefusal(client.placeOrder(limitOrder("MSFT", "buy", 1, 100)), BrokerErrorCode.INSUFFICIENT_FUNDS);
      expect(await client.getBalances()).toMatchObject({ buyingPower: left.buyingPower, cash: left.cash });
    },
  ),
  contractCase(
    "BC36",
    "a market order for what has no price is NO_MARKET_DATA; a limit may wait",
    async ({ client }) => {
      const error = await expectRefusal(
        client.placeOrder(marketOrder("TSLA", "buy", 1)),
        BrokerErrorCode.NO_MARKET_DATA,
      );
      expect(error.retryable).toBe(true);
      await expectRefusal(client.getMarketData("TSLA"), BrokerErrorCode.NO_MARKET_DATA);
      await expectRefusal(client.getMarginRequirements(marketOrder("TSLA", "buy", 1)), BrokerErrorCode.NO_MARKET_DATA);
      expect(await client.previewOrder(marketOrder("TSLA", "buy", 1))).toMatchObject({
        referencePrice: null,
        notional: null,
        quotedAt: null,
      });
      await expectNothingPlaced(client);
      const { orderId } = await client.placeOrder(limitOrder("TSLA", "buy", 1, 200));
      expect(await client.getOpenOrders()).toMatchObject([{ orderId, status: "submitted" }]);
    },
  ),
  {
    ...contractCase(
      "BC36",
      "a market order for an old price is NO_MARKET_DATA with its age, until a new one comes",
      async ({ client, market }) => {
        await market.advance(OLD_MS);
        expect(await client.getMarketData("AAPL")).toMatchObject({ feed: "stale" });
        const order = marketOrder("AAPL", "buy", 1);
        const error = await expectRefusal(client.placeOrder(order), BrokerErrorCode.NO_MARKET_DATA);
        expect(Number(error.details["ageMs"])).toBeGreaterThanOrEqual(OLD_MS);
        expect(Number(error.details["maxQuoteAgeMs"])).toBeLessThan(OLD_MS);
        await expectNothingPlaced(client);
        await market.quote("AAPL", 100, 100.02);
        await client.placeOrder(order);
        expect(await client.getPositions()).toMatchObject([{ quantity: "1" }]);
      },
    ),
    obstacle: ({ market }) =>
      market.tellsQuoteTimes === false ? "its broker does not tell when a quote was made" : undefined,
  },
  contractCase("BC36", "an old price fills nothing that rests", async ({ client, market }) => {
    await client.placeOrder(limitOrder("AAPL", "buy", 1, "99.5"));
    await market.advance(OLD_MS);
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 2, "100.02"));
    expect(await client.getOrderStatus(orderId)).toBe("submitted");
    expect(await client.getFills(0)).toEqual([]);
  }),
  contractCase("BC36", "a market order needs its own side of the quote only", async ({ client, market }) => {
    await market.quote("AAPL", 100, null);
    await expectRefusal(client.placeOrder(marketOrder("AAPL", "buy", 1)), BrokerErrorCode.NO_MARKET_DATA);
    await expectNothingPlaced(client);
    await client.placeOrder(marketOrder("AAPL", "sell", 1));
    expect(await client.getFills(0)).toMatchObject([{ side: "sell", price: "100" }]);
  }),
];
