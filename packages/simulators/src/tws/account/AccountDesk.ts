import { formatFixed } from "@trenddojo/brokers/domain";
import type { ContractBook } from "../contracts/ContractBook.ts";
import { easternMinute } from "../easternTime.ts";
import type { TwsMarket } from "../market/TwsMarket.ts";
import type { TwsQuirks } from "../Quirks.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import type { RequestOf } from "../wire/TwsRequest.ts";
import { accountFigures, ledgerFigures, type AccountFigure } from "./summaryTags.ts";
import { positionFigures } from "./positionFigures.ts";
import { SummaryRequests } from "./SummaryRequests.ts";
import type { TwsAccount } from "./TwsAccount.ts";

/** How often figures are pushed that no fill changed. Source: https://interactivebrokers.github.io/tws-api/account_updates.html */
const CADENCE_MS = 180_000;

type Asked = RequestOf<"pnl"> | RequestOf<"pnlSingle"> | RequestOf<"positionsMulti"> | RequestOf<"accountUpdatesMulti">;

export interface AccountDeskParts {
  readonly accounts: readonly TwsAccount[];
  readonly market: TwsMarket;
  readonly book: ContractBook;
  readonly quirks: Required<TwsQuirks>;
  readonly say: (reply: TwsReply) => void;
}

/** What one client hears of accounts: positions, figures, profit and loss. */
export class AccountDesk {
  readonly #parts: AccountDeskParts;
  readonly summaries: SummaryRequests;
  readonly #asked = new Map<number, Asked>();
  readonly #toldGains = new Map<number, string>();
  #hearsPositions = false;
  #updated: TwsAccount | null = null;
  readonly #toldFigures = new Map<string, string>();
  #pushedAt: number;

  constructor(parts: AccountDeskParts) {
    this.#parts = parts;
    this.summaries = new SummaryRequests(parts.accounts, parts.say, parts.quirks.cancelFreesSummary);
    this.#pushedAt = parts.market.now();
  }

  openPositions(): void {
    const { accounts, say } = this.#parts;
    this.#hearsPositions = true;
    for (const account of accounts) for (const { symbol } of account.positions()) this.#sayPosition(account, symbol);
    say({ kind: "positionEnd" });
  }

  cancelPositions(): void {
    this.#hearsPositions = false;
  }

  /** @throws TwsRefusal */
  setUpdates({ subscribe, account: id }: RequestOf<"accountUpdates">): void {
    const { say } = this.#parts;
    const account = this.#find(id);
    if (!subscribe) {
      this.#updated = null;
      return;
    }
    if (this.#updated !== null && this.#updated !== account) {
      const message = "New account data requested from TWS. API client has been unsubscribed from account data.";
      say({ kind: "error", id: -1, code: 2100, message });
    }
    this.#updated = account;
    this.#toldFigures.clear();
    this.#sayUpdates(account);
    say({ kind: "accountDownloadEnd", account: account.id });
  }

  /** P&L, and what asks for one model of an account. @throws TwsRefusal */
  open(request: Asked): void {
    const { say } = this.#parts;
    const { requestId } = request;
    if (this.#asked.has(requestId))
      throw new TwsRefusal(322, "Error processing request.-'b0' : cause - Duplicate ticker id");
    const account = this.#find(request.account);
    this.#asked.set(requestId, request);
    switch (request.kind) {
      case "pnl":
      case "pnlSingle":
        return this.#sayGains(request);
      case "positionsMulti":
        for (const { symbol } of account.positions()) this.#sayPositionMulti(request, account, symbol);
        return say({ kind: "positionMultiEnd", requestId });
      case "accountUpdatesMulti":
        for (const [key, { value, currency }] of this.#figures(account)) {
          const { modelCode } = request;
          say({ kind: "accountUpdateMulti", requestId, account: account.id, modelCode, key, value, currency });
        }
        return say({ kind: "accountUpdateMultiEnd", requestId });
    }
  }

  cancel(requestId: number): void {
    this.#asked.delete(requestId);
    this.#toldGains.delete(requestId);
  }

  /** A fill or a split has changed a position. */
  onPosition(id: string, symbol: string): void {
    const account = this.#parts.accounts.find((each) => each.id === id);
    if (account === undefined) return;
    if (this.#hearsPositions) this.#sayPosition(account, symbol);
    for (const request of this.#asked.values()) {
      if (request.kind !== "positionsMulti" || this.#find(request.account) !== account) continue;
      this.#sayPositionMulti(request, account, symbol);
    }
    if (this.#updated === account) {
      this.#sayPortfolio(account, symbol);
      this.#sayFigures(account);
      this.#sayTime();
    }
  }

  /** Once a second: P&L that changed; every three minutes: the rest. */
  tend(): void {
    const { market } = this.#parts;
    for (const request of this.#asked.values()) {
      if (request.kind === "pnl" || request.kind === "pnlSingle") this.#sayGains(request);
    }
    if (market.now() - this.#pushedAt < CADENCE_MS) return;
    this.#pushedAt = market.now();
    this.summaries.push();
    if (this.#updated !== null) this.#sayUpdates(this.#updated);
  }

  #sayUpdates(account: TwsAccount): void {
    this.#sayFigures(account);
    for (const { symbol } of account.positions()) this.#sayPortfolio(account, symbol);
    this.#sayTime();
  }

  #sayFigures(account: TwsAccount): void {
    for (const [key, { value, currency }] of this.#figures(account)) {
      if (this.#toldFigures.get(key) === value) continue;
      this.#toldFigures.set(key, value);
      this.#parts.say({ kind: "accountValue", key, value, currency, account: account.id });
    }
  }

  #figures(account: TwsAccount): ReadonlyMap<string, AccountFigure> {
    const balances = account.balances();
    return new Map([...ledgerFigures(balances), ...accountFigures(balances, account.id, account.lastEquity)]);
  }

  #sayTime(): void {
    this.#parts.say({ kind: "accountTime", time: easternMinute(this.#parts.market.now()) });
  }

  #sayPortfolio(account: TwsAccount, symbol: string): void {
    const { book, say } = this.#parts;
    const instrument = this.#parts.market.instrument(symbol);
    if (instrument === undefined) return;
    const figures = positionFigures(account, symbol);
    say({
      kind: "portfolioValue",
      contract: book.toWire(instrument, ""),
      position: figures.position,
      marketPrice: figures.marketPrice,
      marketValue: figures.marketValue,
      averageCost: figures.averageCost,
      unrealizedPnl: figures.unrealized,
      realizedPnl: figures.realized,
      account: account.id,
    });
  }

  #sayPosition(account: TwsAccount, symbol: string): void {
    const { book, say, market } = this.#parts;
    const instrument = market.instrument(symbol);
    if (instrument === undefined) return;
    const { position, averageCost } = positionFigures(account, symbol);
    say({
      kind: "position",
      account: account.id,
      contract: book.toWire(instrument, ""),
      position,
      avgCost: averageCost,
    });
  }

  #sayPositionMulti(request: RequestOf<"positionsMulti">, account: TwsAccount, symbol: string): void {
    const { book, say, market } = this.#parts;
    const instrument = market.instrument(symbol);
    if (instrument === undefined) return;
    const { position, averageCost } = positionFigures(account, symbol);
    const { requestId, modelCode } = request;
    const contract = book.toWire(instrument, "");
    say({ kind: "positionMulti", requestId, account: account.id, contract, position, avgCost: averageCost, modelCode });
  }

  #sayGains(request: RequestOf<"pnl"> | RequestOf<"pnlSingle">): void {
    const reply = this.#gains(request);
    const text = JSON.stringify(reply);
    if (this.#toldGains.get(request.requestId) === text) return;
    this.#toldGains.set(request.requestId, text);
    this.#parts.say(reply);
  }

  #gains(request: RequestOf<"pnl"> | RequestOf<"pnlSingle">): TwsReply {
    const { market, book } = this.#parts;
    const account = this.#find(request.account);
    const { requestId } = request;
    if (request.kind === "pnl") {
      const { dayPnl: daily, unrealizedPnl: unrealized } = account.balances();
      return { kind: "pnl", requestId, daily, unrealized, realized: formatFixed(account.costs.realizedOfAll()) };
    }
    const instrument = market.instruments().find((each) => book.conId(each) === request.conId);
    const figures = positionFigures(account, instrument?.symbol ?? "");
    const { position, unrealized, realized, marketValue: value } = figures;
    // What a position gained today alone is not kept: what it gained since it was opened stands for it.
    return { kind: "pnlSingle", requestId, position, daily: unrealized, unrealized, realized, value };
  }

  #find(id: string): TwsAccount {
    const { accounts } = this.#parts;
    const account = id === "" ? accounts[0] : accounts.find((each) => each.id === id);
    if (account === undefined) {
      throw new TwsRefusal(321, "Error validating request.-'b1' : cause - Invalid account code");
    }
    return account;
  }
}
