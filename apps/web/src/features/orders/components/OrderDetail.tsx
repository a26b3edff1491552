import type { AccountView, BrokerCard } from "@trenddojo/server/wire";
import { usePreferences } from "../../../lib/desk.ts";
import { isSameDay } from "../../../lib/timeText.ts";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { PageHeader } from "../../../ui/PageHeader.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { useOrder } from "../api/getOrder.ts";
import { orderTitle } from "../model/orderText.ts";
import { FillList } from "./FillList.tsx";
import { LinkedOrdersPanel } from "./LinkedOrdersPanel.tsx";
import { OrderActions } from "./OrderActions.tsx";
import { OrderFacts } from "./OrderFacts.tsx";
import { OrderStateBadge } from "./OrderStateBadge.tsx";
import { WhyPanel } from "./WhyPanel.tsx";

interface OrderDetailProps {
  readonly orderId: string;
  readonly accounts: readonly AccountView[];
  /** What each broker can do. */
  readonly catalog: readonly BrokerCard[];
}

/** One order: why it stands where it stands, what it is, what it is linked with, its fills and every step of its life. */
export function OrderDetail({ orderId, accounts, catalog }: OrderDetailProps) {
  const { order, group, fills, events, explanation, triggeredBy, heardAt } = useOrder(orderId);
  const account = accounts.find((candidate) => candidate.id === order.accountId);
  const [{ timeZone }] = usePreferences();
  const isOrdersDay = (at: string) => isSameDay(at, order.createdAt, timeZone);
  // What the broker calls it is among the facts.
  const steps = events.filter(({ type }) => type !== "note");
  return (
    <>
      <PageHeader
        title={orderTitle(order)}
        meta={
          <span className="flex items-center gap-3">
            <ModeBadge mode={order.mode} />
            <OrderStateBadge order={order} />
          </span>
        }
        actions={account === undefined ? undefined : <OrderActions order={order} account={account} catalog={catalog} />}
      />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <WhyPanel order={order} explanation={explanation} triggeredBy={triggeredBy} heardAt={heardAt} />
        <LinkedOrdersPanel order={order} group={group} />
        <Panel title="Order" padded>
          <OrderFacts order={order} account={account} />
        </Panel>
        <Panel title="History">
          <ol className="flex flex-col p-3">
            {steps.map((event) => (
              <li key={event.sequence} className="flex gap-3 border-l border-line pb-3 pl-4 last:pb-0">
                <span className="text-muted">
                  <InstantText at={event.at} parts={isOrdersDay(event.at) ? "time" : "dateTime"} />
                </span>
                <span className="min-w-0 break-words">{event.message}</span>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel title="Fills" className="lg:col-span-2">
          <FillList fills={fills} placedAt={order.createdAt} />
        </Panel>
      </div>
    </>
  );
}
