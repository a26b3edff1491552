/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import { LIMIT_NAMES } from "../../domain/capabilities.ts";
import { capabilityRows, type CapabilityKey } from "../../domain/capabilityRows.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { expectNothingPlaced, expectRefusal } from "./calls.ts";
import { contractCase, proof, type ContractCase } from "./ContractCase.ts";
import { SPECIAL_ORDERS } from "./specialOrderCases.ts";
import { untilStatus } from "./untilStatus.ts";

const limit = limitOrder("AAPL", "buy", 1, 90);
const MOST_TRIED = 20;

/** An order that needs one capability more than a plain one; none for what no order can ask for. */
const NEEDING: Readonly<Partial<Record<CapabilityKey, OrderRequest>>> = {
  "orderTypes.market": marketOrder("AAPL", "buy", 1),
  "orderTypes.limit": limit,
  "orderTypes.stop": { symbol: "AAPL", side: "buy", quantity: 1, type: "stop", stopPrice: 110 },
  "orderTypes.stop_limit": { ...limit, type: "stop_limit", stopPrice: 110, price: 111 },
  "timesInForce.day": { ...limit, timeInForce: "day" },
  "timesInForce.gtc": { ...limit, timeInForce: "gtc" },
  "timesInForce.ioc": { ...limit, timeInForce: "ioc" },
  "timesInForce.fok": { ...limit, timeInForce: "fok" },
  "timesInForce.opg": { ...limit, timeInForce: "opg" },
  "timesInForce.cls": { ...limit, timeInForce: "cls" },
  fractional: { ...limit, quantity: "1.5" },
  extendedHours: { ...limit, extendedHours: true },
  notional: { symbol: "AAPL", side: "buy", type: "market", notional: 100 },
  ...SPECIAL_ORDERS,
};

export const CAPABILITY_CASES: readonly ContractCase[] = [
  contractCase("BC23", "what the capabilities deny is NOT_SUPPORTED, with the reason they give", async ({ client }) => {
    for (const { key, capability } of capabilityRows(client.capabilities)) {
      const order = NEEDING[key];
      if (capability.supported || order === undefined) continue;
      const { issues } = await client.validateOrder(order);
      const issue = issues.find(({ code }) => code === BrokerErrorCode.NOT_SUPPORTED);
      expect(issue?.message).toContain(capability.reason);
      const first = issues[0]?.code ?? BrokerErrorCode.NOT_SUPPORTED;
      expect((await expectRefusal(client.placeOrder(order), first)).message).toContain(capability.reason);
    }
    await expectNothingPlaced(client);
  }),
  contractCase("BC23", "every capability names its source, and every denial its reason", async ({ client }) => {
    const unsaid = capabilityRows(client.capabilities).filter(
      ({ capability: { supported, source, reason = "" } }) => source === "" || supported !== (reason === ""),
    );
    expect(unsaid).toEqual([]);
  }),
  contractCase("BC23", "every limit is a whole number above zero or none, and names its source", async ({ client }) => {
    const unsaid = LIMIT_NAMES.filter((name) => {
      const { value, source } = client.capabilities.limits[name];
      return source === "" || (value !== null && !(Number.isInteger(value) && value > 0));
    });
    expect(unsaid).toEqual([]);
  }),
  contractCase(
    "BC23",
    "as many orders rest, and as many symbols are watched, as the limits allow",
    async ({ client }) => {
      const { maxOpenOrders, maxOpenOrdersPerSide, maxQuoteSubscriptions } = client.capabilities.limits;
      const orders = Math.min(MOST_TRIED, maxOpenOrders.value ?? MOST_TRIED, maxOpenOrdersPerSide.value ?? MOST_TRIED);
      for (let index = 0; index < orders; index += 1) await client.placeOrder(limitOrder("AAPL", "buy", 1, 80 + index));
      expect(await client.getOpenOrders()).toHaveLength(orders);
      const symbols = Math.min(MOST_TRIED, maxQuoteSubscriptions.value ?? MOST_TRIED);
      for (const { symbol } of await client.searchInstruments("", symbols)) {
        await client.subscribeToMarketData(symbol, () => undefined);
      }
      expect(client.isConnected()).toBe(true);
    },
  ),
  proof(
    ["fractional"],
    contractCase("BC23", "a part of a share is bought and held", async ({ client }) => {
      await client.placeOrder(marketOrder("AAPL", "buy", "1.5"));
      expect(await client.getPositions()).toMatchObject([{ quantity: "1.5" }]);
    }),
  ),
  proof(
    ["notional"],
    contractCase("BC23", "an amount of money buys the part of a share that it makes", async (harness) => {
      const { client } = harness;
      const { orderId } = await client.placeOrder({ symbol: "AAPL", side: "buy", type: "market", notional: 50.01 });
      await untilStatus(harness, orderId, "filled");
      expect(await client.getPositions()).toMatchObject([{ quantity: "0.5" }]);
      expect(await client.getOrderHistory(1)).toMatchObject([{ notional: "50.01", quantity: "0.5" }]);
    }),
  ),
];
