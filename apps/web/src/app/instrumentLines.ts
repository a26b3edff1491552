import type { OrderView, PositionView } from "@trenddojo/server/wire";
import type { PriceLine } from "../features/chart/components/CandleChart.tsx";
import { orderTitle } from "../features/orders/model/orderText.ts";

/** The prices that matter on an instrument's chart: the position's average and the open orders' limits and stops. */
export function instrumentLines(
  symbol: string,
  position: PositionView | undefined,
  openOrders: readonly OrderView[],
): readonly PriceLine[] {
  const held: PriceLine[] =
    position === undefined
      ? []
      : [
          {
            id: "position",
            price: Number(position.averagePrice),
            title: `Position ${position.quantity}`,
            tone: "accent",
          },
        ];
  const orders = openOrders
    .filter((order) => order.symbol === symbol)
    .flatMap((order) =>
      [order.price, order.stopPrice].flatMap((price, index): PriceLine[] =>
        price === null
          ? []
          : [
              {
                id: `${order.id} ${index}`,
                price: Number(price),
                title: index === 0 ? orderTitle(order) : `Stop ${orderTitle(order)}`,
                tone: order.side === "buy" ? "up" : "down",
              },
            ],
      ),
    );
  return [...held, ...orders];
}
