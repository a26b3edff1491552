/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { BrokerClient } from "../../BrokerClient.ts";
import { multiply, parseFixed } from "../../domain/decimal.ts";
import { marketOrder } from "../builders.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";

/** Equity is cash and what is held, exactly. */
async function expectBooksToBalance(client: BrokerClient): Promise<void> {
  const { cash, equity, longMarketValue, shortMarketValue } = await client.getBalances();
  expect(parseFixed(equity)).toBe(parseFixed(cash) + parseFixed(longMarketValue) + parseFixed(shortMarketValue));
}

export const ACCOUNT_CASES: readonly ContractCase[] = [
  contractCase("BC6", "a new account is all cash", async ({ client }) => {
    const balances = await client.getBalances();
    expect(balances).toMatchObject({
      currency: "USD",
      longMarketValue: "0",
      shortMarketValue: "0",
      unrealizedPnl: "0",
      realizedPnl: "0",
      fees: "0",
    });
    expect(balances.equity).toBe(balances.cash);
    expect(Number(balances.cash)).toBeGreaterThanOrEqual(100_000);
    expect(Number(balances.buyingPower)).toBeGreaterThanOrEqual(Number(balances.cash));
  }),
  contractCase("BC6", "the books balance after a buy, a move of the market and a sale", async ({ client, market }) => {
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    await expectBooksToBalance(client);
    await market.quote("AAPL", 110, 110.02);
    await expectBooksToBalance(client);
    await client.placeOrder(marketOrder("AAPL", "sell", 10));
    await expectBooksToBalance(client);
    expect(await client.getPositions()).toEqual([]);
  }),
  contractCase("BC7", "the account's summary agrees with its balances and positions", async ({ client }) => {
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    const [info, balances, positions] = await Promise.all([
      client.getAccountInfo(),
      client.getBalances(),
      client.getPositions(),
    ]);
    expect(info).toMatchObject({
      mode: client.mode,
      currency: "USD",
      balance: balances.cash,
      equity: balances.equity,
      buyingPower: balances.buyingPower,
    });
    expect(info.accountId).not.toBe("");
    expect(info.positions).toEqual(positions);
  }),
  contractCase("BC8", "a buy is a long position at the price paid", async ({ client }) => {
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    const [position, ...others] = await client.getPositions();
    expect(others).toEqual([]);
    expect(position).toMatchObject({ symbol: "AAPL", quantity: "10", averagePrice: "100.02", realizedPnl: "0" });
  }),
  proof(
    ["shortSelling"],
    contractCase("BC8", "a sale of what is not held is a short position", async ({ client }) => {
      await client.placeOrder(marketOrder("AAPL", "sell", 10));
      expect(await client.getPositions()).toMatchObject([{ symbol: "AAPL", quantity: "-10", averagePrice: "100" }]);
      expect(Number((await client.getBalances()).shortMarketValue)).toBeLessThan(0);
      await expectBooksToBalance(client);
    }),
  ),
  contractCase(
    "BC8",
    "a position's average follows a second buy, and a part sale leaves it",
    async ({ client, market }) => {
      await client.placeOrder(marketOrder("AAPL", "buy", 10));
      await market.quote("AAPL", 101.98, 102.02);
      await client.placeOrder(marketOrder("AAPL", "buy", 30));
      await client.placeOrder(marketOrder("AAPL", "sell", 5));
      expect(await client.getPositions()).toMatchObject([
        { symbol: "AAPL", quantity: "35", averagePrice: "101.52", realizedPnl: "2.3" },
      ]);
    },
  ),
  contractCase("BC9", "cash moves by each fill's value and fees, to the billionth", async ({ client }) => {
    const before = await client.getBalances();
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    await client.placeOrder(marketOrder("AAPL", "sell", 4));
    const after = await client.getBalances();
    const moved = (await client.getFills(0)).reduce((sum, { side, quantity, price, fees }) => {
      const value = multiply(parseFixed(quantity), parseFixed(price), "half_even");
      return sum + (side === "buy" ? -value : value) - parseFixed(fees);
    }, 0n);
    expect(parseFixed(after.cash)).toBe(parseFixed(before.cash) + moved);
  }),
];
