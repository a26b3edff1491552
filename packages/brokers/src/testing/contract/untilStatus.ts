import type { OrderStatus } from "../../domain/order.ts";
import type { BrokerContractHarness } from "./ContractCase.ts";

/** Waits until the order's own status is `status`, as an order update or a fill may take its time. */
export async function untilStatus(
  { client, market }: Pick<BrokerContractHarness, "client" | "market">,
  orderId: string,
  status: OrderStatus,
): Promise<void> {
  let seen: OrderStatus = await client.getOrderStatus(orderId);
  const unsubscribe = await client.subscribeToOrderUpdates(({ order }) => {
    if (order.orderId === orderId) seen = order.status;
  });
  seen = await client.getOrderStatus(orderId);
  await market.until(() => seen === status);
  unsubscribe();
}
