import { Link } from "@tanstack/react-router";
import { LogIn, ShieldAlert, Target } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { OrderView } from "@trenddojo/server/wire";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { useStopReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { DataTable } from "../../../ui/DataTable.tsx";
import type { Column } from "../../../ui/DataTable.tsx";
import { PriceText, QuantityText } from "../../../ui/DecimalText.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { SideText } from "../../../ui/SideText.tsx";
import { useCancelOrder } from "../api/cancelOrder.ts";
import { endsWithCancel, ROLE_NAMES } from "../model/orderGroup.ts";
import { isCancelable } from "../model/orderStateText.ts";
import { filledText, orderTitle, sizeText, termsText } from "../model/orderText.ts";
import { OrderStateBadge } from "./OrderStateBadge.tsx";

interface OrdersTableProps {
  readonly caption: string;
  readonly orders: readonly OrderView[];
  readonly venueAccountId: string;
  readonly onEndReached?: (() => void) | undefined;
  /** Fewer columns, for panels beside others. */
  readonly brief?: boolean;
  readonly frameClass?: string;
}

/** Orders with their states; `x` cancels the one that has the focus. */
export function OrdersTable({
  caption,
  orders,
  venueAccountId,
  onEndReached,
  brief = false,
  frameClass,
}: OrdersTableProps) {
  const cancel = useCancelOrder();
  const readOnly = useStopReason();
  const cancelOrder = (order: OrderView) => {
    if (readOnly === undefined && isCancelable(order)) cancel.mutate({ orderId: order.id });
  };
  const columns: readonly Column<OrderView>[] = [
    ...(brief ? BRIEF_COLUMNS : FULL_COLUMNS),
    {
      key: "cancel",
      header: "Cancel",
      align: "right",
      cell: (order) =>
        isCancelable(order) ? (
          <Button
            size="small"
            disabled={readOnly !== undefined}
            title={readOnly ?? cancelName(order, venueAccountId)}
            onClick={() => cancelOrder(order)}
            aria-label={cancelName(order, venueAccountId)}
            className="pointer-coarse:min-h-11"
          >
            Cancel
          </Button>
        ) : null,
    },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={orders}
      rowKey={(order) => order.id}
      rowClass={(order) => (order.group === null ? "" : LINKED_ROW)}
      onEndReached={onEndReached}
      {...(frameClass === undefined ? {} : { frameClass })}
      onRowKey={(key, order) => {
        if (key !== "x") return false;
        cancelOrder(order);
        return true;
      }}
    />
  );
}

/** A line at their left says that rows belong together. */
const LINKED_ROW = "border-l-2 border-l-strong-line";

/** What the button does: the order, its account, and whatever ends with it. */
function cancelName(order: OrderView, venueAccountId: string): string {
  const alsoEnds = endsWithCancel(order);
  const name = `Cancel ${orderTitle(order)} · ${MODE_NAMES[order.mode]} ${accountSuffix(venueAccountId)}`;
  return alsoEnds === undefined ? name : `${name}, and with it ${alsoEnds}`;
}

const ROLE_ICONS = {
  entry: LogIn,
  take_profit: Target,
  stop_loss: ShieldAlert,
} as const satisfies Record<keyof typeof ROLE_NAMES, LucideIcon>;

/** The order's place among those that it is linked with. */
function RoleText({ group }: Pick<OrderView, "group">) {
  if (group === null) return null;
  const Icon = ROLE_ICONS[group.role];
  return (
    <span className="inline-flex items-center gap-1 text-xs whitespace-nowrap text-muted">
      <Icon aria-hidden size={12} />
      {ROLE_NAMES[group.role]}
    </span>
  );
}

const WHAT: Column<OrderView> = {
  key: "what",
  header: "Order",
  sortBy: (order) => order.symbol,
  cell: (order) => (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order.id }}
      className="inline-flex min-h-6 items-center gap-x-2 hover:underline max-sm:min-w-30 max-sm:flex-col max-sm:items-start max-sm:py-1 sm:whitespace-nowrap"
    >
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <SideText side={order.side} />
        <span className="num">{sizeText(order)}</span>
        <span className="font-semibold">{order.symbol}</span>
      </span>
      <RoleText group={order.group} />
      <span className="num text-xs text-muted sm:hidden">{termsText(order)}</span>
      <span className="num text-xs text-muted sm:hidden">{filledText(order)}</span>
    </Link>
  ),
};
const PRICE: Column<OrderView> = {
  key: "price",
  header: "Type",
  from: "sm",
  cell: (order) => <span className="num whitespace-nowrap">{termsText(order)}</span>,
};
const FILLED: Column<OrderView> = {
  key: "filled",
  header: "Filled",
  align: "right",
  from: "sm",
  sortBy: (order) => order.filledQuantity,
  cell: (order) => (
    <span className="whitespace-nowrap">
      <QuantityText value={order.filledQuantity} />
      <span className="text-muted"> / </span>
      <QuantityText value={order.quantity} />
    </span>
  ),
};
/** The state with its reason below it, where the reason has no column of its own. */
function stateColumn(reasonClass: string): Column<OrderView> {
  return {
    key: "state",
    header: "State",
    sortBy: (order) => order.state,
    cell: ({ state, isHeld, reason }) => (
      <span title={reason?.message} className="flex flex-col items-start">
        <OrderStateBadge order={{ state, isHeld }} />
        {reason === null ? null : (
          <span className={`pb-1 text-xs break-words text-muted sm:line-clamp-3 ${reasonClass}`}>{reason.message}</span>
        )}
      </span>
    ),
  };
}

const BRIEF_COLUMNS: readonly Column<OrderView>[] = [WHAT, PRICE, FILLED, stateColumn("")];
const FULL_COLUMNS: readonly Column<OrderView>[] = [
  {
    key: "at",
    header: "Time",
    from: "md",
    sortBy: (order) => order.createdAt,
    cell: (order) => <InstantText at={order.createdAt} />,
  },
  { key: "mode", header: "Mode", from: "sm", cell: (order) => <ModeBadge mode={order.mode} /> },
  WHAT,
  PRICE,
  FILLED,
  {
    key: "average",
    header: "Average",
    align: "right",
    from: "md",
    sortBy: (order) => order.averageFillPrice,
    cell: (order) => <PriceText value={order.averageFillPrice} />,
  },
  stateColumn("xl:hidden"),
  {
    key: "reason",
    header: "Reason",
    from: "xl",
    cell: (order) => <span className="line-clamp-1 max-w-72 text-muted">{order.reason?.message ?? ""}</span>,
  },
];
