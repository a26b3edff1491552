import { formatFixed, type Fixed } from "@trenddojo/brokers/domain";
import type { TwsExecution } from "../account/ExecutionLog.ts";
import type { ContractBook } from "../contracts/ContractBook.ts";
import { EASTERN, easternTime } from "../easternTime.ts";
import type { TwsQuirks } from "../Quirks.ts";
import type { CompletedOrder, OpenOrder, ReplyOf, WireOrderState } from "../wire/TwsReply.ts";
import type { WireOrder } from "../wire/WireOrder.ts";
import { averageFill, remaining, whyHeld, type TwsOrder } from "./TwsOrder.ts";

export const NO_MARGINS: Omit<WireOrderState, "status"> = {
  initMarginBefore: null,
  maintMarginBefore: null,
  equityWithLoanBefore: null,
  initMarginChange: null,
  maintMarginChange: null,
  equityWithLoanChange: null,
  initMarginAfter: null,
  maintMarginAfter: null,
  equityWithLoanAfter: null,
  commission: null,
  minCommission: null,
  maxCommission: null,
  commissionCurrency: "",
  warningText: "",
};

export function openOrderReply(
  order: TwsOrder,
  book: ContractBook,
  margins: Omit<WireOrderState, "status"> = NO_MARGINS,
): OpenOrder {
  return {
    kind: "openOrder",
    orderId: order.orderId,
    clientId: order.clientId,
    permId: order.permId,
    contract: contractOf(order, book),
    order: echoOf(order),
    state: { ...margins, status: order.status },
  };
}

export function orderStatusReply(order: TwsOrder): ReplyOf<"orderStatus"> {
  return {
    kind: "orderStatus",
    orderId: order.orderId,
    status: order.status,
    filled: formatFixed(order.filled),
    // What a cancelled order did not get is still called so.
    remaining: formatFixed(remaining(order)),
    avgFillPrice: formatFixed(averageFill(order)),
    permId: order.permId,
    parentId: order.ticket.parentId,
    lastFillPrice: formatFixed(order.lastFillPrice ?? 0n),
    clientId: order.clientId,
    whyHeld: whyHeld(order),
    mktCapPrice: "0",
  };
}

export function completedOrderReply(order: TwsOrder, book: ContractBook, parentPermId: number): CompletedOrder {
  return {
    kind: "completedOrder",
    permId: order.permId,
    contract: contractOf(order, book),
    order: echoOf(order),
    status: order.status,
    filledQuantity: formatFixed(order.filled),
    parentPermId,
    completedTime: `${easternTime(order.endedAt ?? order.placedAt)} ${EASTERN}`,
    completedStatus: order.completedStatus,
  };
}

/** @param requestId -1 where nobody asked. */
export function executionReply(
  { order, ...execution }: TwsExecution,
  book: ContractBook,
  requestId: number,
): ReplyOf<"execution"> {
  return {
    kind: "execution",
    requestId,
    orderId: order.orderId,
    contract: contractOf(order, book),
    execId: execution.id,
    time: `${easternTime(execution.at)} ${EASTERN}`,
    account: order.account,
    // The router names where it traded; here that is where it is listed.
    exchange: order.instrument.exchange,
    side: order.ticket.side === "buy" ? "BOT" : "SLD",
    shares: formatFixed(execution.shares),
    price: formatFixed(execution.price),
    permId: order.permId,
    clientId: order.clientId,
    liquidation: 0,
    cumQty: formatFixed(execution.cumulative),
    avgPrice: formatFixed(execution.averagePrice),
    orderRef: order.sent.order.orderRef,
    evRule: "",
    evMultiplier: null,
    modelCode: order.sent.order.modelCode,
    lastLiquidity: execution.lastLiquidity,
    pendingPriceRevision: false,
  };
}

export function commissionReply(
  { id, commission, realized }: TwsExecution,
  { commissions }: Pick<Required<TwsQuirks>, "commissions">,
): ReplyOf<"commission"> {
  const told: Readonly<Record<typeof commissions, string | null>> = {
    told: formatFixed(commission),
    pending: "-1",
    unset: null,
  };
  return {
    kind: "commission",
    execId: id,
    commission: told[commissions],
    currency: "USD",
    realizedPnl: realized === null ? null : formatFixed(realized),
    yield: null,
    yieldRedemptionDate: 0,
  };
}

function contractOf({ instrument, sent }: TwsOrder, book: ContractBook): OpenOrder["contract"] {
  return book.toWire(instrument, sent.contract.exchange);
}

/** The order as it was sent, with what changed since. */
function echoOf(order: TwsOrder): WireOrder {
  const { ticket, sent, account, trailStop } = order;
  return {
    ...sent.order,
    account,
    totalQuantity: formatFixed(ticket.quantity),
    lmtPrice: textOf(ticket.limit) ?? "0",
    auxPrice: textOf(ticket.stop) ?? sent.order.auxPrice ?? "0",
    tif: ticket.timeInForce,
    trailStopPrice: ticket.trail === null ? null : textOf(trailStop),
    transmit: order.isTransmitted,
  };
}

const textOf = (value: Fixed | null): string | null => (value === null ? null : formatFixed(value));
