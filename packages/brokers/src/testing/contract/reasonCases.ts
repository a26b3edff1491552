/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { Reason } from "../../domain/Reason.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { contractCase, type ContractCase } from "./ContractCase.ts";
import { untilStatus } from "./untilStatus.ts";

/** What says why says it in one way: the sentence that stands beside it is its own. */
function expectOneVoice({ reason, why }: { readonly reason: string | null; readonly why?: Reason }): void {
  if (why === undefined) return;
  expect(why.text).toBe(reason);
  expect(why.rule).not.toBe("");
}

export const REASON_CASES: readonly ContractCase[] = [
  contractCase("BC53", "fills, and orders open and ended, say why with a rule and its sentence", async (harness) => {
    const { client } = harness;
    const filled = await client.placeOrder(marketOrder("AAPL", "buy", 10));
    await untilStatus(harness, filled.orderId, "filled");
    const resting = await client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    const canceled = await client.placeOrder(limitOrder("AAPL", "buy", 10, 91));
    await client.cancelOrder(canceled.orderId);
    await untilStatus(harness, canceled.orderId, "canceled");
    const fills = await client.getFills(0);
    const orders = await client.getOrderHistory(1);
    expect(fills).not.toEqual([]);
    expect(orders.map(({ orderId }) => orderId).sort()).toEqual(
      [filled.orderId, resting.orderId, canceled.orderId].sort(),
    );
    for (const each of [...fills, ...orders, ...(await client.getOpenOrders())]) expectOneVoice(each);
  }),
];
