import { Link } from "@tanstack/react-router";
import type { OrderView } from "@trenddojo/server/wire";
import { Panel } from "../../../ui/Panel.tsx";
import { byRole, CLASS_NAMES, CLASS_RULES, ROLE_NAMES } from "../model/orderGroup.ts";
import { orderTitle, priceText } from "../model/orderText.ts";
import { OrderStateBadge } from "./OrderStateBadge.tsx";

interface LinkedOrdersPanelProps {
  readonly order: OrderView;
  /** The other orders of its group. */
  readonly group: readonly OrderView[];
}

/** The orders that one is linked with, and how they hang together. Nothing for an order on its own. */
export function LinkedOrdersPanel({ order, group }: LinkedOrdersPanelProps) {
  if (order.group === null) return null;
  const { orderClass } = order.group;
  return (
    <Panel title={CLASS_NAMES[orderClass]} className="lg:col-span-2">
      <p className="px-3 pt-2 text-muted">{CLASS_RULES[orderClass]}</p>
      <ul>
        {[order, ...group].toSorted(byRole).map((member) => (
          <li
            key={member.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-3 py-2 first:border-t-0"
          >
            <span className="w-24 text-muted max-sm:w-full">
              {member.group === null ? "" : ROLE_NAMES[member.group.role]}
            </span>
            {member.id === order.id ? (
              <span className="num font-semibold">{orderTitle(member)} (this order)</span>
            ) : (
              <Link
                to="/orders/$orderId"
                params={{ orderId: member.id }}
                className="num inline-flex min-h-6 items-center text-accent underline"
              >
                {orderTitle(member)}
              </Link>
            )}
            <span className="num text-muted">{priceText(member)}</span>
            <OrderStateBadge order={member} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
