import { Link } from "@tanstack/react-router";
import type { AccountView } from "@trenddojo/server/wire";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { useOrders } from "../api/listOrders.ts";
import type { OrderFilter } from "../model/orderList.ts";
import { OrdersTable } from "./OrdersTable.tsx";
import { SendingOrders } from "./SendingOrders.tsx";

interface OrderListProps {
  readonly account: AccountView;
  readonly filter: OrderFilter;
  /** Only orders of this instrument. */
  readonly symbol?: string;
  readonly brief?: boolean;
  readonly frameClass?: string;
}

const EMPTY = { open: "No open orders", closed: "No closed orders", all: "No orders yet" } as const satisfies Record<
  OrderFilter,
  string
>;

/** An account's orders, newest first, with those that are being sent on top. */
export function OrderList({ account, filter, symbol, brief = false, frameClass }: OrderListProps) {
  const { orders, loadMore, updatedAt, isStale } = useOrders(account.id, filter);
  const shown = symbol === undefined ? orders : orders.filter((order) => order.symbol === symbol);
  return (
    <>
      {isStale ? (
        <output className="block border-b border-line bg-warn-wash px-3 py-1.5 text-warn">
          As of <InstantText at={updatedAt} parts="time" />: the desk does not answer. Newer orders may exist at the
          broker.
        </output>
      ) : null}
      {filter === "closed" ? null : <SendingOrders accountId={account.id} />}
      {shown.length === 0 ? (
        <EmptyState title={EMPTY[filter]}>
          {symbol === undefined ? (
            <Link to="/watchlist" className="text-accent underline">
              Open a ticket from the watchlist
            </Link>
          ) : null}
        </EmptyState>
      ) : (
        <OrdersTable
          caption={EMPTY[filter].replace("No ", "").replace(" yet", "")}
          orders={shown}
          venueAccountId={account.venueAccountId}
          onEndReached={loadMore}
          brief={brief}
          {...(frameClass === undefined ? {} : { frameClass })}
        />
      )}
    </>
  );
}
