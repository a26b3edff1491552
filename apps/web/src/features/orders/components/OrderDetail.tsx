import { Link } from "@tanstack/react-router";
import type { AccountView, BrokerCard, OrderView } from "@trenddojo/server/wire";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { usePreferences } from "../../../lib/desk.ts";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { isSameDay } from "../../../lib/timeText.ts";
import { Button } from "../../../ui/Button.tsx";
import { MoneyText, PriceText, QuantityText } from "../../../ui/DecimalText.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { PageHeader } from "../../../ui/PageHeader.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { ReadOnlyNote } from "../../../ui/ReadOnlyNote.tsx";
import { useCancelOrder } from "../api/cancelOrder.ts";
import { useOrder } from "../api/getOrder.ts";
import { isCancelable, isModifiable } from "../model/orderStateText.ts";
import { ORDER_TYPE_NAMES, orderTitle, TIME_IN_FORCE_NAMES } from "../model/orderText.ts";
import { reasonOf } from "../model/ticketChoices.ts";
import { ModifyOrderDialog } from "./ModifyOrderDialog.tsx";
import { OrderStateBadge } from "./OrderStateBadge.tsx";

interface OrderDetailProps {
  readonly orderId: string;
  readonly accounts: readonly AccountView[];
  /** What each broker can do. */
  readonly catalog: readonly BrokerCard[];
}

/** One order: what it is, why it stands where it stands, its fills and every step of its life. */
export function OrderDetail({ orderId, accounts, catalog }: OrderDetailProps) {
  const { order, fills, events, explanation } = useOrder(orderId);
  const account = accounts.find((candidate) => candidate.id === order.accountId);
  const [{ timeZone }] = usePreferences();
  const isOrdersDay = (at: string) => isSameDay(at, order.createdAt, timeZone);
  return (
    <>
      <PageHeader
        title={orderTitle(order)}
        meta={
          <span className="flex items-center gap-3">
            <ModeBadge mode={order.mode} />
            <OrderStateBadge state={order.state} />
          </span>
        }
        actions={account === undefined ? undefined : <OrderActions order={order} account={account} catalog={catalog} />}
      />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <Panel title="Order" padded>
          {order.reason === null && explanation === null ? null : (
            <div className="mb-3 rounded-md border border-line bg-canvas p-3">
              {order.reason === null ? null : <p>{order.reason.message}</p>}
              {explanation === null ? null : <p className="text-muted">{explanation}</p>}
            </div>
          )}
          <Facts order={order} account={account} />
        </Panel>
        <Panel title="History">
          <ol className="flex flex-col p-3">
            {events.map((event) => (
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
          {fills.length === 0 ? (
            <EmptyState title="No fills" />
          ) : (
            <ul>
              {fills.map((fill) => (
                <li
                  key={fill.id}
                  className="num flex flex-wrap gap-x-4 border-t border-line px-3 py-2 first:border-t-0"
                >
                  {isOrdersDay(fill.filledAt) ? (
                    <InstantText at={fill.filledAt} parts="time" />
                  ) : (
                    <span>
                      <InstantText at={fill.filledAt} /> <span className="text-muted">market time</span>
                    </span>
                  )}
                  <span>
                    <QuantityText value={fill.quantity} /> at <PriceText value={fill.price} className="font-semibold" />
                  </span>
                  <span className="text-muted">
                    fees <MoneyText value={fill.fees} />
                  </span>
                  <span className="min-w-0 text-muted">{fill.reason}</span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </>
  );
}

interface OrderActionsProps {
  readonly order: OrderView;
  readonly account: AccountView;
  readonly catalog: readonly BrokerCard[];
}

function OrderActions({ order, account, catalog }: OrderActionsProps) {
  const cancel = useCancelOrder();
  const readOnly = useReadOnlyReason();
  const reasonId = useId();
  const capability = catalog.find((card) => card.key === account.broker)?.capabilities.modifyOrder;
  const cannotChange = capability === undefined ? undefined : reasonOf(capability);
  const [modifying, setModifying] = useState(false);
  const name = `${orderTitle(order)} · ${MODE_NAMES[order.mode]} ${accountSuffix(account.venueAccountId)}`;
  return (
    <>
      {isModifiable(order) || isCancelable(order) ? <ReadOnlyNote /> : null}
      {isModifiable(order) ? (
        <>
          {cannotChange === undefined ? null : (
            <span id={reasonId} className="text-xs text-muted">
              Cannot be changed: {cannotChange}
            </span>
          )}
          <Button
            aria-label={`Change ${name}`}
            disabled={readOnly !== undefined || cannotChange !== undefined}
            aria-describedby={cannotChange === undefined ? undefined : reasonId}
            onClick={() => setModifying(true)}
          >
            Change
          </Button>
        </>
      ) : null}
      {isCancelable(order) ? (
        <Button
          tone="danger"
          aria-label={`Cancel ${name}`}
          disabled={readOnly !== undefined || cancel.isPending}
          onClick={() => cancel.mutate({ orderId: order.id })}
        >
          Cancel
        </Button>
      ) : null}
      {modifying ? <ModifyOrderDialog order={order} account={account} onClose={() => setModifying(false)} /> : null}
    </>
  );
}

function Facts({ order, account }: { order: OrderView; account: AccountView | undefined }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
      <Fact label="Instrument">
        <Link to="/instruments/$symbol" params={{ symbol: order.symbol }} className="text-accent underline">
          {order.symbol}
        </Link>
      </Fact>
      <Fact label="Account">
        {account === undefined ? "removed" : `${account.label} ${accountSuffix(account.venueAccountId)}`}
      </Fact>
      <Fact label="Type">{ORDER_TYPE_NAMES[order.type]}</Fact>
      <Fact label="Time in force">
        {TIME_IN_FORCE_NAMES[order.timeInForce]}
        {order.extendedHours ? ", also outside regular hours" : ""}
      </Fact>
      <Fact label="Limit price">
        <PriceText value={order.price} />
      </Fact>
      <Fact label="Stop price">
        <PriceText value={order.stopPrice} />
      </Fact>
      <Fact label="Filled">
        <QuantityText value={order.filledQuantity} /> of <QuantityText value={order.quantity} />
      </Fact>
      <Fact label="Average price">
        <PriceText value={order.averageFillPrice} />
      </Fact>
      <Fact label="Placed">
        <InstantText at={order.createdAt} />
      </Fact>
      <Fact label="Acknowledged">
        {order.acknowledgedAt === null ? "not yet" : <InstantText at={order.acknowledgedAt} />}
      </Fact>
      <Fact label="Our id">
        <code className="break-all">{order.clientOrderId}</code>
      </Fact>
      <Fact label="Broker's id">
        <code className="break-all">{order.venueOrderId ?? "none yet"}</code>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="num min-w-0">{children}</dd>
    </>
  );
}
