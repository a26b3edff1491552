/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { expectRefusal, failureOf } from "./calls.ts";
import { contractCase, type ContractCase } from "./ContractCase.ts";

export const RISK_CASES: readonly ContractCase[] = [
  contractCase("BC40", "an order that may go is valid and is not placed by asking", async ({ client }) => {
    expect(await client.validateOrder(marketOrder("AAPL", "buy", 10))).toEqual({
      isValid: true,
      errors: [],
      issues: [],
    });
    expect(await client.getPositions()).toEqual([]);
    expect(await client.getOrderHistory(1)).toEqual([]);
  }),
  contractCase(
    "BC40",
    "every fault is answered at once, an error for an issue, with its numbers",
    async ({ client }) => {
      const { isValid, errors, issues } = await client.validateOrder({ ...limitOrder("aapl", "buy", -1, "90.005") });
      expect(isValid).toBe(false);
      expect(errors).toEqual(["Invalid order symbol", "Invalid order quantity", "Invalid order price"]);
      expect(issues.map(({ field }) => field)).toEqual(["symbol", "quantity", "price"]);
      for (const [index, { message }] of issues.entries()) expect(message.startsWith(errors[index] ?? "?")).toBe(true);
      expect(issues[2]?.params).toMatchObject({ price: "90.005", tick: "0.01", nearest: "90.01" });
    },
  ),
  contractCase("BC41", "a position beyond its share of equity is refused with the numbers", async ({ client }) => {
    const { errors, issues } = await client.validateOrder(marketOrder("AAPL", "buy", 90_000));
    expect(errors).toContain("Position size exceeds limit");
    const issue = issues.find(({ code }) => code === BrokerErrorCode.POSITION_SIZE_EXCEEDED);
    expect(Object.keys(issue?.params ?? {})).toEqual(expect.arrayContaining(["value", "limit", "equity", "fraction"]));
  }),
  contractCase(
    "BC41",
    "a resting order counts as filled: the second half of a position does not pass beside it",
    async ({ client }) => {
      const { equity } = await client.getBalances();
      const share = Math.floor((Number(equity) * 0.06) / 100);
      await client.placeOrder(limitOrder("AAPL", "buy", share, 99));
      expect((await client.validateOrder(limitOrder("AAPL", "buy", share, 98))).errors).toContain(
        "Position size exceeds limit",
      );
    },
  ),
  contractCase("BC42", "an opening order needs margin, and a closing one none", async ({ client }) => {
    const opening = await client.getMarginRequirements(marketOrder("AAPL", "buy", 10));
    expect(Number(opening.required)).toBeGreaterThan(0);
    expect(Number(opening.required)).toBeLessThanOrEqual(1_000.2);
    expect(Number(opening.maintenance)).toBeGreaterThan(0);
    expect(opening.canExecute).toBe(true);
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    expect(await client.getMarginRequirements(marketOrder("AAPL", "sell", 10))).toMatchObject({
      required: "0",
      canExecute: true,
    });
  }),
  contractCase("BC42", "an order beyond all means cannot execute", async ({ client }) => {
    const margin = await client.getMarginRequirements(marketOrder("AAPL", "buy", 1_000_000));
    expect(margin.canExecute).toBe(false);
    expect(Number(margin.required)).toBeGreaterThan(Number(margin.available));
  }),
  contractCase("BC43", "a preview reckons with the price that the order would meet", async ({ client }) => {
    const preview = await client.previewOrder(marketOrder("AAPL", "buy", 10));
    expect(preview).toMatchObject({ referencePrice: "100.02", notional: "1000.2" });
    expect(Number(preview.estimatedFees)).toBeGreaterThanOrEqual(0);
    expect(preview.margin).toEqual(await client.getMarginRequirements(marketOrder("AAPL", "buy", 10)));
    expect(Number(preview.buyingPowerAfter)).toBeLessThan(Number((await client.getBalances()).buyingPower));
    expect(preview.quotedAt).toBeGreaterThan(0);
  }),
  contractCase("BC43", "a preview of what cannot be an order is refused", async ({ client }) => {
    await expectRefusal(client.previewOrder(marketOrder("AAPL", "buy", 0)), BrokerErrorCode.INVALID_ORDER);
    await expectRefusal(client.previewOrder(marketOrder("NOSUCH", "buy", 1)), BrokerErrorCode.SYMBOL_NOT_FOUND);
    await expectRefusal(client.getMarginRequirements(marketOrder("AAPL", "buy", 0)), BrokerErrorCode.INVALID_ORDER);
  }),
  contractCase("BC44", "the risk figures are nothing of an empty account and follow a position", async ({ client }) => {
    expect(await client.getRiskMetrics()).toMatchObject({
      grossExposure: "0",
      netExposure: "0",
      leverage: 0,
      largestPosition: null,
      openOrders: 0,
    });
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    await client.placeOrder(limitOrder("MSFT", "buy", 1, 150));
    const metrics = await client.getRiskMetrics();
    expect(Number(metrics.grossExposure)).toBeGreaterThan(999);
    expect(metrics.netExposure).toBe(metrics.grossExposure);
    expect(metrics.largestPosition?.symbol).toBe("AAPL");
    expect(metrics.leverage).toBeCloseTo(Number(metrics.grossExposure) / Number(metrics.equity), 6);
    expect(metrics.openOrders).toBe(1);
  }),
  contractCase(
    "BC45",
    "what validateOrder refuses, placeOrder refuses with the first issue's code and the numbers",
    async ({ client }) => {
      const order = marketOrder("AAPL", "buy", 90_000);
      const { issues } = await client.validateOrder(order);
      const error = await failureOf(client.placeOrder(order));
      expect(error).toMatchObject({ code: issues[0]?.code, outcome: "refused" });
      expect(error.details).toMatchObject({ ...issues[0]?.params });
      expect(await client.getPositions()).toEqual([]);
    },
  ),
  contractCase(
    "BC46",
    "an order that only reduces passes the position limit that its position outgrew",
    async ({ client, market }) => {
      const { equity } = await client.getBalances();
      const shares = Math.floor((Number(equity) * 0.09) / 100.02);
      await client.placeOrder(marketOrder("AAPL", "buy", Math.min(shares, 900)));
      await market.quote("AAPL", 140, 140.02);
      expect(await client.validateOrder(marketOrder("AAPL", "sell", Math.min(shares, 400)))).toMatchObject({
        isValid: true,
      });
    },
  ),
];
