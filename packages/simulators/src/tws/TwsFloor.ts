import {
  formatFixed,
  parseFixed,
  type Clock,
  type MarketData,
  type MarketNews,
  type Position,
  type Random,
} from "@trenddojo/brokers/domain";
import type { AccountStore } from "../AccountStore.ts";
import { correctedId } from "./account/ExecutionLog.ts";
import { TwsAccount, type TwsAccountOptions } from "./account/TwsAccount.ts";
import { ContractBook } from "./contracts/ContractBook.ts";
import { readGatewayState, writeGatewayState, type GatewayState } from "./gatewayState.ts";
import { HistoricalPacing } from "./market/HistoricalPacing.ts";
import type { TwsMarket } from "./market/TwsMarket.ts";
import type { AccountNews } from "./orders/AccountNews.ts";
import { OrderShelf } from "./orders/OrderShelf.ts";
import { readTicket } from "./orders/readTicket.ts";
import { averageFill, remaining } from "./orders/TwsOrder.ts";
import type { TwsQuirks } from "./Quirks.ts";
import { ClientDesk } from "./session/ClientDesk.ts";
import type { TwsJournal, TwsJournalOrder } from "./TwsJournal.ts";
import { PLAIN_ORDER } from "./wire/plainOrder.ts";
import { NO_CONTRACT } from "./wire/WireContract.ts";
import type { TwsReply } from "./wire/TwsReply.ts";

/** An account-wide id is a large number. */
const FIRST_PERM_ID = 1_000_000_000;
const PERM_IDS = 500_000_000;
/** A prime above the distance of any two accounts' seeds. */
const ACCOUNT_STEP = 1_009;

const STORE_KEY = "gateway";

/** An order that a person types into TWS. */
export interface ManualOrder {
  readonly account: string;
  readonly symbol: string;
  readonly action: "BUY" | "SELL";
  readonly quantity: string;
  readonly orderType: string;
  readonly limitPrice?: string;
  readonly tif?: string;
}

export interface TwsFloorParts {
  readonly clock: Clock;
  readonly market: TwsMarket;
  readonly quirks: Required<TwsQuirks>;
  readonly journal: TwsJournal;
  readonly accounts: readonly TwsAccountOptions[];
  readonly seed: number;
  readonly random: Random;
  /** Keeps all of it over restarts; null where it ends with the process. */
  readonly store: AccountStore | null;
  /** Lets every client hear something. */
  readonly hear: (news: AccountNews) => void;
}

/** What is behind the gateway, whoever is connected: accounts, orders, contracts. */
export class TwsFloor {
  readonly #parts: TwsFloorParts;
  readonly #accounts: readonly TwsAccount[];
  readonly #shelf: OrderShelf;
  readonly #book: ContractBook;
  readonly #pacing = new HistoricalPacing();
  readonly #outbox: AccountNews[] = [];
  /** What happened and is not kept yet. */
  readonly #unrecorded: TwsJournalOrder[] = [];
  #isChanged = false;
  #keptSequence = "";

  /** @throws GatewayStateError where what is kept cannot be read. @throws RangeError without an account, or for two of one id. */
  constructor(parts: TwsFloorParts) {
    const { accounts, market, seed, quirks, random, store } = parts;
    if (accounts.length === 0) throw new RangeError("a gateway has at least one account");
    if (new Set(accounts.map(({ id }) => id)).size !== accounts.length)
      throw new RangeError("an account is there twice");
    this.#parts = parts;
    this.#book = new ContractBook(market.instruments());
    this.#shelf = new OrderShelf(FIRST_PERM_ID + random.integer(PERM_IDS));
    const text = store?.load(STORE_KEY) ?? null;
    const kept = text === null ? null : readGatewayState(text, (symbol) => market.instrument(symbol));
    this.#accounts = accounts.map(
      (options, index) =>
        new TwsAccount({
          options,
          market,
          seed: seed + index * ACCOUNT_STEP,
          quirks,
          shelf: this.#shelf,
          tell: (news) => this.#tell(news),
          kept: kept?.accounts.find(({ id }) => id === options.id) ?? null,
        }),
    );
    if (kept !== null) this.#resume(kept);
    for (const account of this.#accounts) account.begin();
    this.flush();
  }

  openDesk(clientId: number, say: (reply: TwsReply) => void): ClientDesk {
    const { clock, market, quirks } = this.#parts;
    return new ClientDesk({
      clientId,
      clock,
      market,
      quirks,
      say,
      book: this.#book,
      accounts: this.#accounts,
      shelf: this.#shelf,
      pacing: this.#pacing,
    });
  }

  onTick(tick: MarketData): void {
    for (const account of this.#accounts) account.onTick(tick);
    this.flush();
  }

  onNews(news: MarketNews): void {
    for (const account of this.#accounts) account.onNews(news);
    this.flush();
  }

  tend(): void {
    for (const account of this.#accounts) account.tend();
    this.flush();
  }

  /** As a gateway that was restarted: ids are older, orders live on. */
  rollBack(ids: number): void {
    this.#shelf.rollBack(ids);
    this.#isChanged = true;
    this.flush();
  }

  /** @throws TwsRefusal */
  placeManual({ account: id, symbol, action, quantity, orderType, limitPrice, tif = "DAY" }: ManualOrder): void {
    const contract = { ...NO_CONTRACT, symbol, secType: "STK", exchange: "SMART", currency: "USD" };
    const order = {
      ...PLAIN_ORDER,
      account: id,
      action,
      totalQuantity: quantity,
      orderType,
      lmtPrice: limitPrice ?? null,
      tif,
    };
    const ticket = readTicket(order, this.#parts.market.now());
    const sent = { kind: "placeOrder" as const, orderId: 0, contract, order };
    this.#account(id).desk.placeManual({
      clientId: 0,
      orderId: 0,
      sent,
      ticket,
      instrument: this.#book.find(contract),
    });
    this.flush();
  }

  /** @throws RangeError for an execution that is none of today's. */
  correct(executionId: string, price: string): void {
    for (const { executions } of this.#accounts) {
      const found = executions.find(executionId);
      if (found === undefined) continue;
      const corrected = { ...found, id: correctedId(found.id), price: parseFixed(price) };
      executions.add(corrected);
      this.#tell({ kind: "execution", execution: corrected });
      this.#tell({ kind: "commission", execution: corrected });
      return this.flush();
    }
    throw new RangeError("no execution of today has this id");
  }

  /** Keeps what has happened since the last time, and lets everybody hear it. */
  flush(): void {
    this.#keep();
    // On record once it is kept: who reads there that an order was taken may end this process at once.
    for (const entry of this.#unrecorded.splice(0)) this.#parts.journal.record(entry);
    for (const news of this.#outbox.splice(0)) this.#parts.hear(news);
  }

  #keep(): void {
    const { store } = this.#parts;
    const sequence = this.#accounts.map((account) => account.sequence).join(" ");
    if (store === null || (!this.#isChanged && sequence === this.#keptSequence)) return;
    this.#isChanged = false;
    this.#keptSequence = sequence;
    const state = {
      ...this.#shelf.counters(),
      accounts: this.#accounts.map((account) => ({ id: account.id, ...account.keep() })),
      orders: [...this.#shelf.ended(), ...this.#shelf.open()],
      executions: this.#accounts.flatMap(({ executions }) => executions.today(this.#parts.market.now())),
    };
    store.save(STORE_KEY, writeGatewayState(state));
  }

  #resume(kept: GatewayState): void {
    this.#shelf.restoreCounters(kept);
    for (const order of kept.orders) this.#shelf.add(order);
    for (const execution of kept.executions) {
      this.#accounts.find(({ id }) => id === execution.order.account)?.executions.add(execution);
    }
  }

  /** What the account holds, by symbol; none that is flat. @throws RangeError for an account that is not here. */
  positions(account: string): readonly Position[] {
    return this.#account(account).positions();
  }

  #account(id: string): TwsAccount {
    const account = this.#accounts.find((each) => each.id === id);
    if (account === undefined) throw new RangeError("no account has this id");
    return account;
  }

  #tell(news: AccountNews): void {
    this.#isChanged = true;
    if (news.kind === "journal") this.#unrecorded.push(this.#entryOf(news));
    else this.#outbox.push(news);
  }

  /** As things stand now: the order goes on. */
  #entryOf({ event, order, execution }: Extract<AccountNews, { readonly kind: "journal" }>): TwsJournalOrder {
    const { clock } = this.#parts;
    const { ticket, sent } = order;
    return {
      kind: "order",
      at: clock.now(),
      account: order.account,
      event,
      clientId: order.clientId,
      orderId: order.orderId,
      permId: order.permId,
      orderRef: sent.order.orderRef,
      order: {
        symbol: order.instrument.symbol,
        action: sent.order.action,
        orderType: ticket.type,
        tif: ticket.timeInForce,
        quantity: formatFixed(ticket.quantity),
        limitPrice: ticket.limit === null ? "" : formatFixed(ticket.limit),
        auxPrice: ticket.stop === null ? "" : formatFixed(ticket.stop),
        parentId: ticket.parentId,
        ocaGroup: ticket.ocaGroup,
        status: order.status,
        filled: formatFixed(order.filled),
        remaining: formatFixed(remaining(order)),
        averagePrice: formatFixed(averageFill(order)),
      },
      ...(execution === null
        ? {}
        : {
            execution: {
              id: execution.id,
              quantity: formatFixed(execution.shares),
              price: formatFixed(execution.price),
            },
          }),
    };
  }
}
