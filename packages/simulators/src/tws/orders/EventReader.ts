import { parseFixed, type Fixed, type Money } from "@trenddojo/brokers/domain";
import type { OrderAdjusted, OrderFilled, OrderReplaced, PaperEvent, PaperExchange } from "@trenddojo/brokers/paper";
import type { CostBook } from "../account/CostBook.ts";
import type { ExecutionLog, TwsExecution } from "../account/ExecutionLog.ts";
import type { TwsQuirks } from "../Quirks.ts";
import type { TwsOrderEvent } from "../TwsJournal.ts";
import type { AccountNews } from "./AccountNews.ts";
import type { OrderShelf } from "./OrderShelf.ts";
import { twsRefusalOf } from "./refusals.ts";
import { averageFill, book, isEnded, remaining, type TwsOrder } from "./TwsOrder.ts";

export interface EventReaderParts {
  readonly account: string;
  readonly shelf: OrderShelf;
  readonly exchange: () => PaperExchange;
  readonly executions: ExecutionLog;
  readonly costs: CostBook;
  readonly quirks: Required<TwsQuirks>;
  /** Orders that are being submitted, by the name that the exchange knows them by. */
  readonly links: ReadonlyMap<string, TwsOrder>;
  readonly tell: (news: AccountNews) => void;
  readonly work: (order: TwsOrder) => void;
  readonly end: (order: TwsOrder, status: "Cancelled" | "Inactive", why: string) => void;
  readonly onFill: (order: TwsOrder, shares: Fixed) => void;
  readonly journal: (event: TwsOrderEvent, order: TwsOrder) => void;
  /** A market day begins with this equity. */
  readonly onDay: (equity: Money) => void;
}

/** Reads what the exchange did into the gateway's orders, and tells it in TWS's order. */
export class EventReader {
  readonly #parts: EventReaderParts;

  constructor(parts: EventReaderParts) {
    this.#parts = parts;
  }

  read(events: readonly PaperEvent[]): void {
    for (const event of events) this.#read(event);
  }

  #read(event: PaperEvent): void {
    const { shelf, links, work, journal, tell, account, onDay } = this.#parts;
    if (event.type === "day_started") return onDay(event.equity);
    if (event.type === "order_accepted") {
      const order = links.get(event.clientOrderId);
      if (order !== undefined) shelf.link(order, event.orderId);
      if (order !== undefined && event.stopPrice !== null) order.trailStop = parseFixed(event.stopPrice);
      return;
    }
    if (event.type === "split_applied" || event.type === "symbol_changed") {
      return tell({ kind: "position", account, symbol: event.symbol });
    }
    if (!("orderId" in event)) return;
    const order = shelf.byExchangeId(event.orderId);
    if (order === undefined) return;
    switch (event.type) {
      case "order_arrived":
        return work(order);
      case "order_triggered":
        order.isTriggered = true;
        journal("triggered", order);
        return work(order);
      case "order_trailed":
        order.trailStop = parseFixed(event.stopPrice);
        return undefined;
      case "order_filled":
        return this.#filled(order, event);
      case "order_canceled":
        return this.#gone(order, event.reason.text);
      case "order_expired":
        return this.#gone(order, "Expired");
      case "order_replaced":
        return this.#replaced(order, event);
      case "replace_rejected": {
        order.pending = null;
        const { code, message } = twsRefusalOf(event);
        return tell({ kind: "error", clientId: order.clientId, id: order.orderId, code, message });
      }
      case "order_adjusted":
        return this.#adjusted(order, event);
      case "order_activated":
      case "order_rejected":
      case "cancel_requested":
      case "cancel_rejected":
      case "replace_requested":
        return undefined;
    }
  }

  #filled(order: TwsOrder, event: OrderFilled): void {
    const { executions, costs, quirks, tell, shelf, onFill, account, exchange } = this.#parts;
    const shares = parseFixed(event.quantity);
    const price = parseFixed(event.price);
    const fees = feesOf(event);
    book(order, shares, price);
    const isWhole = remaining(order) === 0n;
    const realized = costs.book(event.symbol, event.side === "buy" ? shares : -shares, price, fees);
    if (isWhole) {
      order.status = "Filled";
      order.endedAt = event.at;
      order.completedStatus = `Filled Size: ${event.quantity}`;
      shelf.unlink(order);
      shelf.end(order);
    } else if (order.status !== "PendingCancel") order.status = "Submitted";
    const execution: TwsExecution = {
      id: executions.nextId(),
      at: event.at,
      order: { ...order },
      shares,
      price,
      cumulative: order.filled,
      averagePrice: averageFill(order),
      lastLiquidity: exchange().order(event.orderId)?.type === "limit" ? 1 : 2,
      commission: fees,
      realized,
    };
    executions.add(execution);
    tell({ kind: "journal", event: isWhole ? "filled" : "fill", order: { ...order }, execution });
    if (!quirks.filledBeforeExecution) tell({ kind: "execution", execution });
    tell({ kind: "order", order: { ...order }, withStatus: true });
    if (quirks.filledBeforeExecution) tell({ kind: "execution", execution });
    tell({ kind: "commission", execution });
    tell({ kind: "position", account, symbol: event.symbol });
    onFill(order, shares);
  }

  /** The exchange has ended it: on demand, or because its time in force says so. */
  #gone(order: TwsOrder, why: string): void {
    const { end, tell, quirks } = this.#parts;
    const { timeInForce } = order.ticket;
    if (timeInForce === "FOK") return end(order, "Inactive", "Order could not be filled whole");
    if (order.status !== "PendingCancel" && timeInForce === "IOC" && quirks.tellsPendingCancel) {
      order.status = "PendingCancel";
      tell({ kind: "status", order: { ...order } });
    }
    return end(order, "Cancelled", order.status === "PendingCancel" ? "Cancelled by Trader" : why);
  }

  #replaced(order: TwsOrder, event: OrderReplaced): void {
    const { tell, journal } = this.#parts;
    if (order.pending === null || isEnded(order)) return;
    order.sent = order.pending.sent;
    order.ticket = order.pending.ticket;
    order.pending = null;
    if (event.stopPrice !== null) order.trailStop = parseFixed(event.stopPrice);
    journal("modified", order);
    tell({ kind: "order", order: { ...order }, withStatus: true });
  }

  /** A split restates what is left of an order. */
  #adjusted(order: TwsOrder, event: OrderAdjusted): void {
    const { ticket } = order;
    order.ticket = {
      ...ticket,
      quantity: parseFixed(event.quantity) + order.filledBefore,
      limit: event.price === null ? null : parseFixed(event.price),
      stop: ticket.stop === null || event.stopPrice === null ? ticket.stop : parseFixed(event.stopPrice),
    };
    this.#parts.tell({ kind: "order", order: { ...order }, withStatus: true });
  }
}

function feesOf({ fees }: OrderFilled): Fixed {
  const { commission, sec, taf, exchange = "0" } = fees;
  return parseFixed(commission) + parseFixed(sec) + parseFixed(taf) + parseFixed(exchange);
}
