import { formatFixed, type Fixed, type Money } from "@trenddojo/brokers/domain";
import type { PaperEvent, PaperExchange } from "@trenddojo/brokers/paper";
import type { CostBook } from "../account/CostBook.ts";
import type { ExecutionLog } from "../account/ExecutionLog.ts";
import { easternTime } from "../easternTime.ts";
import type { TwsMarket } from "../market/TwsMarket.ts";
import type { TwsQuirks } from "../Quirks.ts";
import type { TwsOrderEvent } from "../TwsJournal.ts";
import type { TwsRefusal } from "../TwsRefusal.ts";
import type { AccountNews } from "./AccountNews.ts";
import { EventReader } from "./EventReader.ts";
import type { OrderShelf } from "./OrderShelf.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import { parsedOrderOf, PROBE_LINK } from "./parsedOrderOf.ts";
import { isHourly, twsRefusalOf, type ExchangeRefusal } from "./refusals.ts";
import { isEnded, type TwsOrder, type TwsStatus } from "./TwsOrder.ts";

export interface OrderWorkParts {
  readonly account: string;
  readonly exchange: () => PaperExchange;
  readonly market: TwsMarket;
  readonly shelf: OrderShelf;
  readonly executions: ExecutionLog;
  readonly costs: CostBook;
  readonly quirks: Required<TwsQuirks>;
  /** Names the exchange's orders, once each. */
  readonly nextLink: () => string;
  readonly tell: (news: AccountNews) => void;
  /** A market day begins with this equity. */
  readonly onDay: (equity: Money) => void;
}

/** What becomes of a transmitted order between the gateway and the exchange: sent, kept back, working, ended; and told. */
export class OrderWork {
  readonly #parts: OrderWorkParts;
  readonly #reader: EventReader;
  readonly #links = new Map<string, TwsOrder>();
  /** What follows from what happened, once the exchange is done with it. */
  readonly #due: (() => void)[] = [];
  #isBusy = false;

  /** @param onFill what a fill means to other orders; called once the exchange is done. */
  constructor(parts: OrderWorkParts, onFill: (order: TwsOrder, shares: Fixed) => void) {
    this.#parts = parts;
    this.#reader = new EventReader({
      ...parts,
      links: this.#links,
      work: (order) => this.work(order),
      end: (order, status, why) => this.end(order, status, why),
      onFill: (order, shares) => this.later(() => onFill(order, shares)),
      journal: (event, order) => this.journal(event, order),
    });
  }

  submit(order: TwsOrder, ticket: OrderTicket): void {
    const { exchange, market, nextLink } = this.#parts;
    const link = nextLink();
    order.filledBefore = order.filled;
    const left = { ...ticket, quantity: ticket.quantity - order.filled };
    this.#links.set(link, order);
    this.run(exchange().submit(market.now(), parsedOrderOf(left, order.instrument.symbol, link)));
    this.#links.delete(link);
    if (order.exchangeId !== null && order.status === "PreSubmitted" && !isEnded(order)) {
      if (ticket.type === "LMT" && !this.mayTrade(order)) this.warnOfHours(order);
      else if (this.#parts.quirks.latencyMs === 0) this.work(order);
    }
  }

  /** Nothing keeps an order back any more. */
  release(order: TwsOrder): void {
    if (isEnded(order)) return;
    const refusal = this.refusalOf(order, order.ticket);
    if (refusal !== undefined && isHourly(refusal)) {
      if (order.hold?.kind !== "market") this.hold(order, refusal);
      return;
    }
    order.hold = null;
    if (refusal !== undefined) return this.reject(order, twsRefusalOf(refusal));
    this.submit(order, order.ticket);
  }

  /** An order is at the market; a stop that was not set off yet stays PreSubmitted. */
  work(order: TwsOrder): void {
    if (order.status !== "PreSubmitted" || isEnded(order)) return;
    const { type } = order.ticket;
    const isStop = type === "STP" || type === "STP LMT" || type === "TRAIL" || type === "TRAIL LIMIT";
    if (isStop && !order.isTriggered) return;
    if (!this.mayTrade(order)) return;
    this.journal("working", order);
    this.setStatus(order, "Submitted", true);
  }

  mayTrade({ ticket }: TwsOrder): boolean {
    const { market } = this.#parts;
    const { isOpen, session } = market.sessionOf(market.now());
    if (ticket.timeInForce === "OPG" || ticket.type === "MOC" || ticket.type === "LOC") return isOpen;
    return isOpen || (ticket.outsideRth && (session === "pre" || session === "post"));
  }

  refusalOf(order: TwsOrder, ticket: OrderTicket): ExchangeRefusal | undefined {
    const { exchange, market } = this.#parts;
    const left = { ...ticket, quantity: ticket.quantity - order.filled };
    return exchange().refusalOf(market.now(), parsedOrderOf(left, order.instrument.symbol, PROBE_LINK));
  }

  /** What is wrong with an order in itself, whatever the hour and the account. @throws TwsRefusal */
  checkTerms(order: TwsOrder, ticket: OrderTicket): void {
    const refusal = this.refusalOf(order, ticket);
    if (refusal === undefined || isHourly(refusal)) return;
    const spoken = twsRefusalOf(refusal);
    if (spoken.code !== 201) throw spoken;
  }

  /** An order that cannot trade at this hour waits for another, if it may. */
  hold(order: TwsOrder, refusal: ExchangeRefusal): void {
    const { timeInForce } = order.ticket;
    if (timeInForce !== "DAY" && timeInForce !== "GTC" && timeInForce !== "GTD") {
      return this.reject(order, twsRefusalOf(refusal));
    }
    order.hold = { kind: "market" };
    this.setStatus(order, "PreSubmitted", true);
    this.warnOfHours(order);
  }

  warnOfHours(order: TwsOrder): void {
    const { market } = this.#parts;
    const { nextOpenAt } = market.sessionOf(market.now());
    const { sent, ticket, instrument } = order;
    const until = nextOpenAt === null ? "" : ` until ${easternTime(nextOpenAt)} US/Eastern`;
    const what = `${sent.order.action} ${formatFixed(ticket.quantity)} ${instrument.symbol} ${instrument.exchange}`;
    this.error(order, 399, `Order Message:\n${what}\nWarning: Your order will not be placed at the exchange${until}.`);
  }

  reject(order: TwsOrder, refusal: TwsRefusal): void {
    this.error(order, refusal.code, refusal.message);
    this.end(order, "Inactive", refusal.message);
  }

  end(order: TwsOrder, status: "Cancelled" | "ApiCancelled" | "Inactive", why: string): void {
    const { shelf, market } = this.#parts;
    if (isEnded(order)) return;
    order.endedAt = market.now();
    order.completedStatus = why;
    order.hold = null;
    shelf.unlink(order);
    shelf.end(order);
    this.journal(status === "Inactive" ? "inactive" : "cancelled", order, status);
    this.setStatus(order, status, status === "Inactive");
    if (status !== "Inactive") this.error(order, 202, "Order Canceled - reason:");
    this.orphan(order);
  }

  /** Children of an order that ended unfilled end with it. */
  orphan(order: TwsOrder): void {
    for (const child of this.#parts.shelf.open()) {
      if (child.clientId !== order.clientId || child.ticket.parentId !== order.orderId) continue;
      if (child.hold?.kind === "parent" || !child.isTransmitted) this.later(() => this.cancelQuietly(child));
    }
  }

  setStatus(order: TwsOrder, status: TwsStatus, withOrder = false): void {
    order.status = status;
    if (withOrder) this.#parts.tell({ kind: "order", order: { ...order }, withStatus: true });
    else this.#parts.tell({ kind: "status", order: { ...order } });
  }

  error({ clientId, orderId }: TwsOrder, code: number, message: string): void {
    this.#parts.tell({ kind: "error", clientId, id: orderId, code, message });
  }

  journal(event: TwsOrderEvent, order: TwsOrder, status: TwsStatus = order.status): void {
    this.#parts.tell({ kind: "journal", event, order: { ...order, status }, execution: null });
  }

  run(events: readonly PaperEvent[]): void {
    this.#reader.read(events);
  }

  /** Once the exchange is done. */
  later(act: () => void): void {
    this.#due.push(act);
  }

  /** Lets what follows happen, and what follows from that. */
  settle(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let act = this.#due.shift(); act !== undefined; act = this.#due.shift()) act();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Ends an order that another's fate ends. */
  cancelQuietly(order: TwsOrder): void {
    if (isEnded(order)) return;
    const { exchange, market } = this.#parts;
    if (order.exchangeId === null) this.end(order, "Cancelled", "Cancelled by System");
    else this.run(exchange().cancel(market.now(), order.exchangeId));
  }
}
