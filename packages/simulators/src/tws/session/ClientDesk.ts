import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import { AccountDesk } from "../account/AccountDesk.ts";
import type { TwsAccount } from "../account/TwsAccount.ts";
import type { ContractBook } from "../contracts/ContractBook.ts";
import { contractDetailsOf, MARKET_RULES } from "../contracts/contractDetailsOf.ts";
import type { HistoricalPacing } from "../market/HistoricalPacing.ts";
import { HistoryDesk } from "../market/HistoryDesk.ts";
import { MarketLines } from "../market/MarketLines.ts";
import type { TwsMarket } from "../market/TwsMarket.ts";
import type { AccountNews } from "../orders/AccountNews.ts";
import { ClientOrders } from "../orders/ClientOrders.ts";
import type { OrderShelf } from "../orders/OrderShelf.ts";
import type { TwsQuirks } from "../Quirks.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import type { RequestOf, TwsRequest } from "../wire/TwsRequest.ts";

export interface ClientDeskParts {
  readonly clientId: number;
  readonly clock: Clock;
  readonly market: TwsMarket;
  readonly book: ContractBook;
  readonly accounts: readonly TwsAccount[];
  readonly shelf: OrderShelf;
  readonly pacing: HistoricalPacing;
  readonly quirks: Required<TwsQuirks>;
  readonly say: (reply: TwsReply) => void;
}

/** Answers what one client asks, from its sign-in to its end. */
export class ClientDesk {
  readonly lines: MarketLines;
  readonly #parts: ClientDeskParts;
  readonly #history: HistoryDesk;
  readonly #account: AccountDesk;
  readonly #orders: ClientOrders;

  constructor(parts: ClientDeskParts) {
    this.#parts = parts;
    this.lines = new MarketLines(parts);
    this.#history = new HistoryDesk(parts);
    this.#account = new AccountDesk(parts);
    this.#orders = new ClientOrders(parts);
  }

  /** What a client hears as soon as it is in. */
  greet(): void {
    const { say } = this.#parts;
    this.#sayAccounts();
    this.#sayNextId();
    for (const [code, message] of [
      [2104, "Market data farm connection is OK:usfarm"],
      [2106, "HMDS data farm connection is OK:ushmds"],
      [2158, "Sec-def data farm connection is OK:secdefnj"],
    ] as const) {
      say({ kind: "error", id: -1, code, message });
    }
  }

  /** Answers a request; resolves when that is done. Refusals are said. @param fillFirst a fill overtakes a cancel. */
  async answer(request: TwsRequest, fillFirst = false): Promise<void> {
    try {
      await this.#answer(request, fillFirst);
    } catch (error) {
      if (!(error instanceof TwsRefusal)) throw error;
      const { code, message } = error;
      this.#parts.say({ kind: "error", id: idOf(request), code, message });
    }
  }

  hear(news: AccountNews): void {
    if (news.kind === "position") this.#account.onPosition(news.account, news.symbol);
    else this.#orders.hear(news);
  }

  onTick(tick: MarketData): void {
    this.lines.onTick(tick);
    this.#history.onTick(tick);
  }

  /** Once a second. */
  tend(): void {
    this.lines.tend();
    this.#history.tend();
    this.#account.tend();
  }

  /** It is gone. */
  close(): void {
    this.lines.clear();
  }

  #answer(request: TwsRequest, fillFirst: boolean): Promise<void> | void {
    const { market, book, say } = this.#parts;
    switch (request.kind) {
      case "startApi":
      case "serverLogLevel":
        return undefined;
      case "currentTime":
        return say({ kind: "currentTime", epochSeconds: Math.floor(market.now() / 1_000) });
      case "ids":
        return this.#sayNextId();
      case "managedAccounts":
        return this.#sayAccounts();
      case "userInfo":
        return say({ kind: "userInfo", requestId: request.requestId, whiteBrandingId: "" });
      case "notServed":
        throw new TwsRefusal(10_000, `${request.name} is not served by this simulator`);
      case "contractDetails": {
        const { requestId } = request;
        const details = contractDetailsOf(book.find(request.contract), book, market);
        say({ kind: "contractDetails", requestId, details });
        return say({ kind: "contractDetailsEnd", requestId });
      }
      case "matchingSymbols":
        return this.#saySamples(request);
      case "marketRule": {
        const increments = MARKET_RULES.get(request.marketRuleId);
        if (increments === undefined)
          throw new TwsRefusal(321, "Error validating request.-'bY' : cause - Invalid market rule id");
        return say({ kind: "marketRule", marketRuleId: request.marketRuleId, increments });
      }
      case "marketDataType":
        return this.lines.want(request.type);
      case "marketData":
        return this.lines.open(request);
      case "cancelMarketData":
        return this.lines.cancel(request.requestId);
      case "historicalData":
        return this.#history.ask(request);
      case "cancelHistoricalData":
        return this.#history.cancel(request.requestId);
      case "headTimestamp":
        return this.#history.head(request);
      case "cancelHeadTimestamp":
        return undefined;
      case "placeOrder":
        return this.#orders.place(request);
      case "cancelOrder":
        return this.#orders.cancel(request.orderId, fillFirst);
      case "globalCancel":
        return this.#orders.cancelAll();
      case "openOrders":
        return this.#orders.sayOpen("own");
      case "allOpenOrders":
        return this.#orders.sayOpen("all");
      case "autoOpenOrders":
        return this.#orders.bindManual(request.bind);
      case "completedOrders":
        return this.#orders.sayCompleted(request.apiOnly);
      case "executions":
        return this.#orders.sayExecutions(request);
      case "positions":
        return this.#account.openPositions();
      case "cancelPositions":
        return this.#account.cancelPositions();
      case "accountSummary":
        return this.#account.summaries.open(request.requestId, request.group, request.tags);
      case "cancelAccountSummary":
        return this.#account.summaries.cancel(request.requestId);
      case "accountUpdates":
        return this.#account.setUpdates(request);
      case "accountUpdatesMulti":
      case "positionsMulti":
      case "pnl":
      case "pnlSingle":
        return this.#account.open(request);
      case "cancelAccountUpdatesMulti":
      case "cancelPositionsMulti":
      case "cancelPnl":
      case "cancelPnlSingle":
        return this.#account.cancel(request.requestId);
    }
  }

  #saySamples({ requestId, pattern }: RequestOf<"matchingSymbols">): void {
    const { book, say } = this.#parts;
    const samples = book.search(pattern).map((instrument) => ({
      conId: book.conId(instrument),
      symbol: instrument.symbol,
      secType: "STK",
      primaryExch: instrument.exchange,
      currency: instrument.currency,
      derivativeSecTypes: [],
      description: instrument.name,
      issuerId: "",
    }));
    say({ kind: "symbolSamples", requestId, samples });
  }

  #sayAccounts(): void {
    this.#parts.say({ kind: "managedAccounts", accounts: this.#parts.accounts.map(({ id }) => id) });
  }

  #sayNextId(): void {
    this.#parts.say({ kind: "nextValidId", orderId: this.#parts.shelf.nextId(this.#parts.clientId) });
  }
}

/** What an error about a request is told with. */
export function idOf(request: TwsRequest): number {
  if ("requestId" in request) return request.requestId;
  return "orderId" in request ? request.orderId : -1;
}
