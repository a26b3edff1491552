import type { OrderUpdateEvent } from "@trenddojo/brokers/domain";
import type { BrokerClient } from "@trenddojo/brokers";

/** What a client tells of orders from here on, a line each: "fill mine filled 10". */
export async function toldBy(client: BrokerClient): Promise<readonly string[]> {
  const lines: string[] = [];
  await client.subscribeToOrderUpdates(({ type, order }: OrderUpdateEvent) => {
    lines.push(`${type} ${order.clientOrderId} ${order.status} ${order.filledQuantity}`);
  });
  return lines;
}
