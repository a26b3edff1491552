/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { Capability } from "../../domain/capabilities.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Order, OrderRequest } from "../../domain/order.ts";
import { marketOrder } from "../builders.ts";
import { expectRefusal } from "./calls.ts";
import { contractCase, type BrokerContractHarness, type ContractCase } from "./ContractCase.ts";

const TRAILING_SALE: OrderRequest = {
  symbol: "AAPL",
  side: "sell",
  quantity: 10,
  type: "stop",
  trail: { by: "amount", value: "1" },
  clientOrderId: "trail",
};
const BRACKET: OrderRequest = {
  symbol: "AAPL",
  side: "buy",
  quantity: 10,
  type: "limit",
  price: "99.5",
  orderClass: "bracket",
  takeProfit: { price: "101" },
  stopLoss: { stopPrice: "98" },
};
const OCO: OrderRequest = {
  symbol: "AAPL",
  side: "sell",
  quantity: 10,
  type: "limit",
  price: "101",
  orderClass: "oco",
  stopLoss: { stopPrice: "99" },
};
const OTO: OrderRequest = {
  symbol: "AAPL",
  side: "buy",
  quantity: 10,
  type: "market",
  orderClass: "oto",
  stopLoss: { stopPrice: "99" },
};

/** True where the broker offers it; where not, holds it to refusing the order. */
async function isOffered(
  { client }: BrokerContractHarness,
  capability: Capability | undefined,
  request: OrderRequest,
): Promise<boolean> {
  if (capability?.supported === true) return true;
  await expectRefusal(client.placeOrder(request), BrokerErrorCode.NOT_SUPPORTED);
  expect(await client.getOpenOrders()).toEqual([]);
  return false;
}

/** The orders that are open, as they stand after a word from the market. */
async function untilOpen(
  { client, market }: BrokerContractHarness,
  isDone: (open: readonly Order[]) => boolean,
): Promise<readonly Order[]> {
  let open = await client.getOpenOrders();
  const unsubscribe = await client.subscribeToOrderUpdates(() => {
    void client.getOpenOrders().then((orders) => (open = orders));
  });
  open = await client.getOpenOrders();
  await market.until(() => isDone(open));
  unsubscribe();
  return open;
}

const rolesOf = (open: readonly Order[]): readonly string[] => open.map(({ group }) => group?.role ?? "").sort();

export const SPECIAL_ORDER_CASES: readonly ContractCase[] = [
  contractCase("BC47", "a trailing stop follows the market, or is refused as not supported", async (harness) => {
    const { client, market } = harness;
    if (!(await isOffered(harness, client.capabilities.trailingStop, TRAILING_SALE))) return;
    await market.print("AAPL", 100);
    await client.placeOrder(TRAILING_SALE);
    expect(await client.getOrderByClientOrderId("trail")).toMatchObject({ type: "stop", stopPrice: "99" });
    await market.print("AAPL", 100.5);
    await untilOpen(harness, ([order]) => order?.stopPrice === "99.5");
    await market.print("AAPL", 100);
    expect(await client.getOrderByClientOrderId("trail")).toMatchObject({
      stopPrice: "99.5",
      trail: { by: "amount", value: "1" },
    });
  }),
  contractCase("BC48", "a bracket's exits work once the entry is filled, and one ends the other", async (harness) => {
    const { client, market } = harness;
    if (!(await isOffered(harness, client.capabilities.bracket, BRACKET))) return;
    await client.placeOrder(BRACKET);
    expect(rolesOf(await client.getOpenOrders())).toEqual(["entry", "stop_loss", "take_profit"]);
    await market.quote("AAPL", 99.48, 99.5);
    expect(rolesOf(await untilOpen(harness, (open) => open.length === 2))).toEqual(["stop_loss", "take_profit"]);
    await market.quote("AAPL", 101, 101.02);
    await untilOpen(harness, (open) => open.length === 0);
    expect(await client.getPositions()).toEqual([]);
  }),
  contractCase("BC48", "canceling the entry of a bracket cancels its exits", async (harness) => {
    const { client } = harness;
    if (!(await isOffered(harness, client.capabilities.bracket, BRACKET))) return;
    const { orderId } = await client.placeOrder(BRACKET);
    await client.cancelOrder(orderId);
    await untilOpen(harness, (open) => open.length === 0);
    expect(await client.getPositions()).toEqual([]);
  }),
  contractCase("BC48", "one exit of an oco ends the other", async (harness) => {
    const { client, market } = harness;
    if (!(await isOffered(harness, client.capabilities.oco, OCO))) return;
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    await client.placeOrder(OCO);
    expect(rolesOf(await client.getOpenOrders())).toEqual(["stop_loss", "take_profit"]);
    await market.quote("AAPL", 98.98, 99);
    await market.print("AAPL", 98.98);
    await untilOpen(harness, (open) => open.length === 0);
    expect(await client.getPositions()).toEqual([]);
  }),
  contractCase("BC48", "an oto's exit works once the entry is filled", async (harness) => {
    const { client } = harness;
    if (!(await isOffered(harness, client.capabilities.oto, OTO))) return;
    await client.placeOrder(OTO);
    expect(rolesOf(await untilOpen(harness, (open) => open.length === 1))).toEqual(["stop_loss"]);
    expect(await client.getPositions()).toMatchObject([{ quantity: "10" }]);
  }),
  contractCase("BC49", "a gtc order may name its end, or is refused as not supported", async (harness) => {
    const { client } = harness;
    const expiresAt = 4_102_444_800_000;
    const request: OrderRequest = {
      symbol: "AAPL",
      side: "buy",
      quantity: 1,
      type: "limit",
      price: 90,
      timeInForce: "gtc",
      expiresAt,
    };
    if (!(await isOffered(harness, client.capabilities.goodTillDate, request))) return;
    await client.placeOrder(request);
    expect(await client.getOpenOrders()).toMatchObject([{ timeInForce: "gtc", expiresAt }]);
    await expectRefusal(client.placeOrder({ ...request, price: 89, expiresAt: 1 }), BrokerErrorCode.INVALID_ORDER);
  }),
];
