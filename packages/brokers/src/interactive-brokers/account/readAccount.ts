import type { CallOptions } from "../../BrokerClient.ts";
import type { Fixed } from "../../domain/decimal.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import { readNumber } from "../ibNumber.ts";
import { symbolOf } from "../ibSymbol.ts";
import type { Gateway } from "../session/Gateway.ts";

/** One figure of the account: "NetLiquidation", "1000000.00", "USD". */
export interface AccountValue {
  readonly value: string;
  readonly currency: string;
}

/** One row of the gateway's portfolio. */
export interface PortfolioRow {
  readonly quantity: Fixed;
  readonly marketPrice: Fixed | null;
  readonly marketValue: Fixed | null;
}

export interface HeldStock {
  readonly conId: number;
  readonly symbol: string;
  /** Negative when short; never zero. */
  readonly quantity: Fixed;
  /** With commissions in it. */
  readonly averageCost: Fixed | null;
}

/** The account's figures, and its portfolio by contract id. */
export interface AccountUpdate {
  readonly values: ReadonlyMap<string, AccountValue>;
  readonly portfolio: ReadonlyMap<number, PortfolioRow>;
}

/**
 * One download of the account's figures and portfolio. The subscription is ended with it: while it goes on, the gateway
 * tells changes only every three minutes. @throws BrokerError
 */
export async function readAccountUpdate(
  gateway: Gateway,
  urgency: Urgency,
  options: CallOptions = {},
): Promise<AccountUpdate> {
  const account = gateway.accountId;
  const update = await gateway.ask<AccountUpdate>({
    what: "the account's figures",
    urgency,
    lane: "account updates",
    write: (calls) => void calls.reqAccountUpdates(true, account),
    cancel: (calls) => void calls.reqAccountUpdates(false, account),
    options,
    listen: (answer) => {
      const values = new Map<string, AccountValue>();
      const portfolio = new Map<number, PortfolioRow>();
      answer.on("updateAccountValue", (key, value, currency, of) => {
        // A figure by currency comes beside the one in the account's own.
        if (of === account && !(currency === "BASE" && values.has(key))) values.set(key, { value, currency });
      });
      answer.on("updatePortfolio", ({ conId = 0 }, quantity, price, value, _cost, _unrealized, _realized, of) => {
        if (of !== account) return;
        const row = { marketPrice: readNumber(price), marketValue: readNumber(value) };
        portfolio.set(conId, { quantity: readNumber(quantity) ?? 0n, ...row });
      });
      answer.on("accountDownloadEnd", (of) => {
        if (of === account || of === "") answer.end({ values, portfolio });
      });
    },
  });
  await gateway
    .send({ urgency, write: (calls) => void calls.reqAccountUpdates(false, account), options })
    // It goes on then, which costs nothing.
    .catch(() => undefined);
  return update;
}

/** All that the account holds, asked anew: what is gone is in no list, so nothing old is ever kept (H8). @throws BrokerError */
export async function readPositions(
  gateway: Gateway,
  urgency: Urgency,
  options: CallOptions = {},
): Promise<readonly HeldStock[]> {
  const account = gateway.accountId;
  const positions = await gateway.ask<readonly HeldStock[]>({
    what: "the positions",
    urgency,
    lane: "positions",
    write: (calls) => void calls.reqPositions(),
    cancel: (calls) => void calls.cancelPositions(),
    options,
    listen: (answer) => {
      const held = new Map<number, HeldStock>();
      answer.on("position", (of, contract, told, cost) => {
        const { conId = 0 } = contract;
        const symbol = symbolOf(contract);
        const quantity = readNumber(told);
        if (of !== account || symbol === null || quantity === null) return;
        if (quantity === 0n) held.delete(conId);
        else held.set(conId, { conId, symbol, quantity, averageCost: readNumber(cost) });
      });
      answer.on("positionEnd", () => answer.end([...held.values()]));
    },
  });
  await gateway.send({ urgency, write: (calls) => void calls.cancelPositions(), options }).catch(() => undefined);
  return positions;
}
