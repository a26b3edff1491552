/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { CapabilityKey } from "../../domain/capabilityRows.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Order, OrderRequest } from "../../domain/order.ts";
import { marketOrder } from "../builders.ts";
import { expectRefusal } from "./calls.ts";
import { contractCase, proof, type BrokerContractHarness, type ContractCase } from "./ContractCase.ts";

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

const GOOD_TILL_DATE: OrderRequest = {
  symbol: "AAPL",
  side: "buy",
  quantity: 1,
  type: "limit",
  price: 90,
  timeInForce: "gtc",
  expiresAt: 4_102_444_800_000,
};

/** What needs each of them of a broker. */
export const SPECIAL_ORDERS = {
  trailingStop: TRAILING_SALE,
  "orderClasses.bracket": BRACKET,
  "orderClasses.oco": OCO,
  "orderClasses.oto": OTO,
  goodTillDate: GOOD_TILL_DATE,
} as const satisfies Readonly<Partial<Record<CapabilityKey, OrderRequest>>>;

/** The orders that are open, as they stand after a word from the market. */
async function untilOpen(
  { client, market }: BrokerContractHarness,
  isDone: (open: readonly Order[]) => boolean,
): Promise<readonly Order[]> {
  let open: readonly Order[] = [];
  const reads: Promise<void>[] = [];
  const read = (): void => {
    reads.push(client.getOpenOrders().then((orders) => void (open = orders)));
  };
  const unsubscribe = await client.subscribeToOrderUpdates(read);
  open = await client.getOpenOrders();
  await market.until(() => isDone(open));
  unsubscribe();
  // What is still being asked must not outlive the case.
  await Promise.all(reads);
  return open;
}

const byRole = (a: { readonly role: string | undefined }, b: { readonly role: string | undefined }): number =>
  (a.role ?? "") < (b.role ?? "") ? -1 : 1;
const rolesOf = (open: readonly Order[]): readonly string[] => open.map(({ group }) => group?.role ?? "").sort();

export const SPECIAL_ORDER_CASES: readonly ContractCase[] = [
  proof(
    ["trailingStop"],
    contractCase("BC49", "a trailing stop follows the market", async (harness) => {
      const { client, market } = harness;
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
  ),
  proof(
    ["orderClasses.bracket"],
    contractCase("BC50", "a bracket's exits work once the entry is filled, and one ends the other", async (harness) => {
      const { client, market } = harness;
      await client.placeOrder(BRACKET);
      expect(rolesOf(await client.getOpenOrders())).toEqual(["entry", "stop_loss", "take_profit"]);
      await market.quote("AAPL", 99.48, 99.5);
      expect(rolesOf(await untilOpen(harness, (open) => open.length === 2))).toEqual(["stop_loss", "take_profit"]);
      await market.quote("AAPL", 101, 101.02);
      await untilOpen(harness, (open) => open.length === 0);
      expect(await client.getPositions()).toEqual([]);
    }),
  ),
  proof(
    ["orderClasses.bracket"],
    contractCase("BC50", "canceling the entry of a bracket cancels its exits", async (harness) => {
      const { client } = harness;
      const { orderId } = await client.placeOrder(BRACKET);
      await client.cancelOrder(orderId);
      await untilOpen(harness, (open) => open.length === 0);
      expect(await client.getPositions()).toEqual([]);
    }),
  ),
  proof(
    ["orderClasses.bracket"],
    contractCase(
      "BC54",
      "the exits that were taken with an entry are named, and held until it is filled",
      async (harness) => {
        const { client, market } = harness;
        const { orderId, legs } = await client.placeOrder(BRACKET);
        const open = await client.getOpenOrders();
        const exits = open.filter((order) => order.orderId !== orderId);
        expect(exits).toHaveLength(2);
        for (const exit of exits) expect(exit).toMatchObject({ isHeld: true, group: { id: orderId } });
        expect(open.find((order) => order.orderId === orderId)?.isHeld).toBeUndefined();
        const known = exits.map((exit) => ({
          role: exit.group?.role,
          orderId: exit.orderId,
          clientOrderId: exit.clientOrderId,
        }));
        if (legs !== undefined) expect(legs.toSorted(byRole)).toEqual(known.toSorted(byRole));
        await market.quote("AAPL", 99.48, 99.5);
        const working = await untilOpen(harness, (orders) => orders.length === 2);
        expect(working.some(({ isHeld }) => isHeld === true)).toBe(false);
      },
    ),
  ),
  proof(
    ["orderClasses.oco"],
    contractCase("BC50", "one exit of an oco ends the other", async (harness) => {
      const { client, market } = harness;
      await client.placeOrder(marketOrder("AAPL", "buy", 10));
      await client.placeOrder(OCO);
      expect(rolesOf(await client.getOpenOrders())).toEqual(["stop_loss", "take_profit"]);
      await market.quote("AAPL", 98.98, 99);
      await market.print("AAPL", 98.98);
      await untilOpen(harness, (open) => open.length === 0);
      expect(await client.getPositions()).toEqual([]);
    }),
  ),
  proof(
    ["orderClasses.oto"],
    contractCase("BC50", "an oto's exit works once the entry is filled", async (harness) => {
      const { client } = harness;
      await client.placeOrder(OTO);
      expect(rolesOf(await untilOpen(harness, (open) => open.length === 1))).toEqual(["stop_loss"]);
      expect(await client.getPositions()).toMatchObject([{ quantity: "10" }]);
    }),
  ),
  proof(
    ["goodTillDate"],
    contractCase("BC51", "a gtc order may name its end", async (harness) => {
      const { client } = harness;
      await client.placeOrder(GOOD_TILL_DATE);
      expect(await client.getOpenOrders()).toMatchObject([{ timeInForce: "gtc", expiresAt: GOOD_TILL_DATE.expiresAt }]);
      await expectRefusal(
        client.placeOrder({ ...GOOD_TILL_DATE, price: 89, expiresAt: 1 }),
        BrokerErrorCode.INVALID_ORDER,
      );
    }),
  ),
];
