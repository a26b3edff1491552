import { OrderStateBadge } from "./OrderStateBadge.tsx";
import { useSendingOrders } from "../api/placeOrder.ts";
import { orderTitle } from "../model/orderText.ts";

const SENDING = { state: "SENDING", isHeld: false } as const;

/** Orders that were sent and have not been answered: at once on the screen, and called what they are. */
export function SendingOrders({ accountId }: { readonly accountId: string }) {
  const sending = useSendingOrders().filter((order) => order.accountId === accountId);
  if (sending.length === 0) return null;
  return (
    <ul aria-label="Orders being sent" className="border-b border-line">
      {sending.map(({ idempotencyKey, order }) => (
        <li key={idempotencyKey} className="flex h-(--row) items-center gap-3 px-3">
          <span className="num">{orderTitle(order)}</span>
          <OrderStateBadge order={SENDING} />
        </li>
      ))}
    </ul>
  );
}
