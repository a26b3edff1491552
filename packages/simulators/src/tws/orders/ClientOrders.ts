import type { TwsExecution } from "../account/ExecutionLog.ts";
import type { TwsAccount } from "../account/TwsAccount.ts";
import type { ContractBook } from "../contracts/ContractBook.ts";
import { easternDate, instantOf } from "../easternTime.ts";
import type { TwsMarket } from "../market/TwsMarket.ts";
import type { TwsQuirks } from "../Quirks.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import type { PlaceOrder, ReqExecutions } from "../wire/TwsRequest.ts";
import type { WireOrder } from "../wire/WireOrder.ts";
import type { AccountNews } from "./AccountNews.ts";
import {
  commissionReply,
  completedOrderReply,
  executionReply,
  openOrderReply,
  orderStatusReply,
} from "./orderReplies.ts";
import type { OrderShelf } from "./OrderShelf.ts";
import { previewOf } from "./previewOf.ts";
import { readTicket } from "./readTicket.ts";
import type { TwsOrder } from "./TwsOrder.ts";

export interface ClientOrdersParts {
  readonly clientId: number;
  readonly accounts: readonly TwsAccount[];
  readonly shelf: OrderShelf;
  readonly market: TwsMarket;
  readonly book: ContractBook;
  readonly quirks: Required<TwsQuirks>;
  readonly say: (reply: TwsReply) => void;
}

const READ_ONLY = "The API interface is currently in Read-Only mode.";

/** What one client does with orders, and hears of them. */
export class ClientOrders {
  readonly #parts: ClientOrdersParts;
  #bindsManual = false;

  constructor(parts: ClientOrdersParts) {
    this.#parts = parts;
  }

  /** @throws TwsRefusal */
  place({ orderId, contract, order }: PlaceOrder): void {
    const { clientId, quirks, book, market } = this.#parts;
    if (quirks.readOnly) throw validating(READ_ONLY);
    const account = this.#accountOf(order);
    const instrument = book.findRoutable(contract);
    refuseUnknownTerms(order);
    const ticket = readTicket(order, market.now());
    const sent: PlaceOrder = { kind: "placeOrder", orderId, contract, order };
    const placement = { clientId, orderId, sent, ticket, instrument };
    if (!ticket.whatIf) return account.desk.place(placement);
    if (quirks.previews === "silent") return;
    const margins = previewOf(account, ticket, instrument.symbol, quirks);
    this.#parts.say(openOrderReply(account.desk.previewOrder(placement), book, margins));
  }

  /** @throws TwsRefusal @param fillFirst a fill overtakes the cancel. */
  cancel(orderId: number, fillFirst = false): void {
    const { clientId, shelf, quirks, say } = this.#parts;
    if (quirks.readOnly) throw validating(READ_ONLY);
    const order = shelf.findForCancel(clientId, orderId);
    if (order === undefined) {
      throw new TwsRefusal(10147, `OrderId ${orderId} that needs to be cancelled is not found.`);
    }
    this.#deskOf(order).cancel(order, fillFirst);
    if (order.clientId === clientId || order.status !== "Cancelled") return;
    say(orderStatusReply(order));
    say({ kind: "error", id: orderId, code: 202, message: "Order Canceled - reason:" });
  }

  /** Every order of every client. */
  cancelAll(): void {
    const { shelf, quirks } = this.#parts;
    if (quirks.readOnly) throw validating(READ_ONLY);
    for (const order of shelf.open()) {
      // One that goes takes others of its group with it.
      if (order.endedAt === null && order.status !== "PendingCancel") this.#deskOf(order).cancel(order);
    }
  }

  /** Its own, or everybody's. */
  sayOpen(whose: "own" | "all"): void {
    const { shelf, say } = this.#parts;
    for (const order of shelf.open()) {
      if (order.isTransmitted && (whose === "all" || this.#isMine(order))) this.#sayOrder(order);
    }
    say({ kind: "openOrderEnd" });
  }

  /** Orders that a person typed into TWS come to client 0 from here on. @throws TwsRefusal */
  bindManual(bind: boolean): void {
    const { clientId, shelf, say } = this.#parts;
    if (clientId !== 0) throw new TwsRefusal(327, "Only the default client (i.e 0) can auto bind orders.");
    this.#bindsManual = bind;
    for (const order of shelf.open()) {
      if (!bind || order.orderId !== 0) continue;
      shelf.rename(order, -order.permId);
      say({ kind: "orderBound", permId: order.permId, clientId: 0, orderId: order.orderId });
    }
    this.sayOpen("own");
  }

  sayCompleted(apiOnly: boolean): void {
    const { shelf, say, book, market } = this.#parts;
    const today = easternDate(market.now());
    for (const order of shelf.ended()) {
      const isManual = order.orderId <= 0;
      if (!order.isTransmitted || (apiOnly && isManual) || easternDate(order.endedAt ?? 0) !== today) continue;
      const parent = shelf.find(order.clientId, order.ticket.parentId);
      say(completedOrderReply(order, book, parent?.permId ?? 0));
    }
    say({ kind: "completedOrdersEnd" });
  }

  sayExecutions(request: ReqExecutions): void {
    const { accounts, say, book, quirks, market } = this.#parts;
    const { requestId } = request;
    const found = accounts
      .flatMap(({ executions }) => executions.today(market.now()))
      .filter((execution) => isWanted(execution, request))
      .toSorted((a, b) => a.at - b.at);
    for (const execution of found) {
      say(executionReply(execution, book, requestId));
      say(commissionReply(execution, quirks));
    }
    say({ kind: "executionEnd", requestId });
  }

  hear(news: AccountNews): void {
    const { clientId, say, book, quirks } = this.#parts;
    switch (news.kind) {
      case "order":
        if (!this.#isMine(news.order)) return;
        say(openOrderReply(news.order, book));
        if (news.withStatus) say(orderStatusReply(news.order));
        return;
      case "status":
        return this.#isMine(news.order) ? say(orderStatusReply(news.order)) : undefined;
      case "execution":
        if (this.#isMine(news.execution.order)) say(executionReply(news.execution, book, -1));
        return;
      case "commission":
        if (this.#isMine(news.execution.order)) say(commissionReply(news.execution, quirks));
        return;
      case "error":
        if (news.clientId !== clientId) return;
        return say({ kind: "error", id: news.id, code: news.code, message: news.message });
      case "position":
      case "journal":
        return;
    }
  }

  #sayOrder(order: TwsOrder): void {
    const { say, book } = this.#parts;
    say(openOrderReply(order, book));
    say(orderStatusReply(order));
  }

  #isMine(order: TwsOrder): boolean {
    const { clientId, quirks } = this.#parts;
    if (quirks.masterClientId === clientId) return true;
    if (order.clientId !== clientId) return false;
    return order.orderId > 0 || this.#bindsManual;
  }

  #deskOf(order: TwsOrder): TwsAccount["desk"] {
    const account = this.#parts.accounts.find(({ id }) => id === order.account);
    if (account === undefined) throw validating("Invalid account code");
    return account.desk;
  }

  #accountOf({ account: id }: WireOrder): TwsAccount {
    const { accounts } = this.#parts;
    if (id === "" && accounts.length > 1) throw new TwsRefusal(435, "You must specify an account.");
    const account = id === "" ? accounts[0] : accounts.find((each) => each.id === id);
    if (account === undefined) throw validating("Invalid account code");
    return account;
  }
}

/** Terms that would change what becomes of an order, and that nothing here keeps to. */
function refuseUnknownTerms(order: WireOrder): void {
  if (order.eTradeOnly) throw unsupported(10268, "EtradeOnly");
  if (order.firmQuoteOnly) throw unsupported(10269, "FirmQuoteOnly");
  if (order.nbboPriceCap !== null && Number(order.nbboPriceCap) !== 0) throw unsupported(10270, "NbboPriceCap");
  const hasMore =
    order.conditions.length > 0 ||
    order.algoStrategy !== "" ||
    order.hedgeType !== "" ||
    order.scaleSteps !== null ||
    order.adjustedOrderType !== "";
  if (hasMore) throw new TwsRefusal(201, "Order rejected - reason:The order attribute is not supported here.");
}

function unsupported(code: number, name: string): TwsRefusal {
  return new TwsRefusal(code, `The '${name}' order attribute is not supported.`);
}

function validating(cause: string): TwsRefusal {
  return new TwsRefusal(321, `Error validating request.-'bS' : cause - ${cause}`);
}

/** "" and 0 filter nothing. */
function isWanted({ order, at }: TwsExecution, filter: ReqExecutions): boolean {
  const side = order.ticket.side === "buy" ? "BUY" : "SELL";
  const since = filter.time === "" ? undefined : instantOf(filter.time);
  return (
    (filter.clientId === 0 || filter.clientId === order.clientId) &&
    (filter.account === "" || filter.account === order.account) &&
    (since === undefined || at >= since) &&
    (filter.symbol === "" || filter.symbol === order.instrument.symbol) &&
    (filter.secType === "" || filter.secType === "STK") &&
    (filter.exchange === "" || filter.exchange === "SMART" || filter.exchange === order.instrument.exchange) &&
    (filter.side === "" || filter.side.toUpperCase() === side || filter.side.toUpperCase() === `${side}S`)
  );
}
