import { Link } from "@tanstack/react-router";
import type { OrderView } from "@trenddojo/server/wire";
import { useLatestOrder } from "../api/useLatestOrder.ts";
import { orderTitle } from "../model/orderText.ts";
import { OrderStateBadge } from "./OrderStateBadge.tsx";

/** What became of the order that was just sent, as it goes on. */
export function AnsweredOrder({ answered }: { readonly answered: OrderView }) {
  const order = useLatestOrder(answered);
  return (
    <output className="flex flex-col gap-1 rounded-md border border-line bg-canvas p-3">
      <span className="flex flex-wrap items-center justify-between gap-2">
        <Link to="/orders/$orderId" params={{ orderId: order.id }} className="num text-accent underline">
          {orderTitle(order)}
        </Link>
        <OrderStateBadge order={order} />
      </span>
      {order.reason === null ? null : <span className="text-muted">{order.reason.message}</span>}
    </output>
  );
}
