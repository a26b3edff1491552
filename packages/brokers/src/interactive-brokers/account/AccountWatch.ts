import type { Unsubscribe } from "../../BrokerClient.ts";
import type { Fixed } from "../../domain/decimal.ts";
import { readNumber } from "../ibNumber.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { AccountValue } from "./readAccount.ts";

/** https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#account-summary-tags */
const TAGS = [
  "AccountType",
  "NetLiquidation",
  "TotalCashValue",
  "SettledCash",
  "BuyingPower",
  "EquityWithLoanValue",
  "PreviousDayEquityWithLoanValue",
  "GrossPositionValue",
  "InitMarginReq",
  "MaintMarginReq",
  "AvailableFunds",
  "ExcessLiquidity",
  "Cushion",
  "DayTradesRemaining",
  "Leverage",
];

/**
 * The account's summary and its profit of the day, as the gateway tells them by itself. One subscription of each in a
 * session: a gateway takes two summaries, and does not count one less when it is ended.
 */
export class AccountWatch {
  readonly summary = new Map<string, AccountValue>();
  readonly #gateway: Gateway;
  readonly #onNews: () => void;
  readonly #ends: readonly Unsubscribe[];
  #summaryId: number | null = null;
  #pnlId: number | null = null;
  #dayPnl: Fixed | null = null;

  /** @param onNews a figure of the account has changed. */
  constructor(gateway: Gateway, onNews: () => void) {
    this.#gateway = gateway;
    this.#onNews = onNews;
    this.#ends = [
      gateway.on("accountSummary", (id, account, tag, value, currency) => {
        if (id !== this.#summaryId || account !== gateway.accountId) return;
        this.summary.set(tag, { value, currency });
        this.#onNews();
      }),
      gateway.on("pnl", (id, daily) => {
        if (id === this.#pnlId) this.#dayPnl = readNumber(daily);
      }),
    ];
  }

  /** Today's profit; null where the gateway does not tell it. */
  get dayPnl(): Fixed | null {
    return this.#dayPnl;
  }

  /** Subscribes in a new session. @throws BrokerError */
  async begin(): Promise<void> {
    this.#forget();
    const summaryId = this.#gateway.nextRequestId();
    const pnlId = this.#gateway.nextRequestId();
    this.#summaryId = summaryId;
    this.#pnlId = pnlId;
    const account = this.#gateway.accountId;
    await this.#gateway.send({
      urgency: "read",
      write: (calls) => void calls.reqAccountSummary(summaryId, "All", TAGS.join(",")),
    });
    await this.#gateway.send({ urgency: "read", write: (calls) => void calls.reqPnL(pnlId, account, "") });
  }

  /** The gateway lost what it was telling of the day's profit; a summary it goes on with. @throws BrokerError */
  async renew(): Promise<void> {
    const before = this.#pnlId;
    const pnlId = this.#gateway.nextRequestId();
    this.#pnlId = pnlId;
    this.#dayPnl = null;
    const account = this.#gateway.accountId;
    if (before !== null) await this.#gateway.send({ urgency: "read", write: (calls) => calls.cancelPnL(before) });
    await this.#gateway.send({ urgency: "read", write: (calls) => void calls.reqPnL(pnlId, account, "") });
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#forget();
  }

  #forget(): void {
    this.#summaryId = null;
    this.#pnlId = null;
    this.#dayPnl = null;
    this.summary.clear();
  }
}
