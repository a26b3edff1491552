import { Link } from "@tanstack/react-router";
import type { AccountView, OrderView } from "@trenddojo/server/wire";
import type { ReactNode } from "react";
import { accountSuffix } from "../../../lib/modeText.ts";
import { MoneyText, PriceText, QuantityText } from "../../../ui/DecimalText.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { CLASS_NAMES, ROLE_NAMES } from "../model/orderGroup.ts";
import { isOpen } from "../model/orderStateText.ts";
import { kindName, TIME_IN_FORCE_NAMES, trailDistance } from "../model/orderText.ts";

interface OrderFactsProps {
  readonly order: OrderView;
  /** Undefined where its connection was removed. */
  readonly account: AccountView | undefined;
}

/** What an order is, in words: only what it has. */
export function OrderFacts({ order, account }: OrderFactsProps) {
  const { group, trail, notional, expiresAt } = order;
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
      <Fact label="Type">{kindName(order)}</Fact>
      {group === null ? null : (
        <Fact label="Part of">
          {CLASS_NAMES[group.orderClass]}, {ROLE_NAMES[group.role].toLowerCase()}
          {order.isHeld && isOpen(order) ? ": waits until the entry is filled" : ""}
        </Fact>
      )}
      <Fact label="Time in force">
        {TIME_IN_FORCE_NAMES[order.timeInForce]}
        {order.extendedHours ? ", also outside regular hours" : ""}
      </Fact>
      {expiresAt === null ? null : (
        <Fact label="Ends">
          <InstantText at={expiresAt} />
        </Fact>
      )}
      {order.price === null ? null : (
        <Fact label="Limit price">
          <PriceText value={order.price} />
        </Fact>
      )}
      {trail === null ? null : <Fact label="Trails behind by">{trailDistance(trail)}</Fact>}
      {order.stopPrice === null && trail === null ? null : (
        <Fact label={trail === null ? "Stop price" : "Its stop stands at"}>
          {order.stopPrice === null ? "not told yet" : <PriceText value={order.stopPrice} />}
        </Fact>
      )}
      {notional === null ? null : (
        <Fact label="Amount">
          <MoneyText value={notional} />
        </Fact>
      )}
      <Fact label="Filled">
        <QuantityText value={order.filledQuantity} /> of{" "}
        {notional !== null && order.acknowledgedAt === null ? "about " : ""}
        <QuantityText value={order.quantity} />
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
