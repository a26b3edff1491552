import { reservedBy } from "../../accounting/reservedBy.ts";
import type { AccountInfo, Balances } from "../../domain/account.ts";
import { max, money, parseFixed, type Fixed } from "../../domain/decimal.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { Order } from "../../domain/order.ts";
import type { AccountFacts } from "./AccountFacts.ts";

export function toAccountInfo(
  { accountId, cash, equity, buyingPower, positions }: AccountFacts,
  mode: Mode,
): AccountInfo {
  return {
    accountId,
    mode,
    currency: "USD",
    balance: money(cash),
    equity: money(equity),
    buyingPower: money(buyingPower),
    positions,
  };
}

export function toBalances(facts: AccountFacts, open: readonly Order[]): Balances {
  const { equity, maintenanceMargin, realized, settledCash, startOfDayEquity, readAt } = facts;
  return {
    currency: "USD",
    cash: money(facts.cash),
    equity: money(equity),
    buyingPower: money(facts.buyingPower),
    reserved: money(reservedBy(open)),
    longMarketValue: money(facts.longMarketValue),
    shortMarketValue: money(facts.shortMarketValue),
    initialMargin: money(facts.initialMargin),
    maintenanceMargin: money(maintenanceMargin),
    unrealizedPnl: money(sum(facts.positions.map(({ unrealizedPnl }) => parseFixed(unrealizedPnl ?? "0")))),
    realizedPnl: realized === null ? null : money(realized),
    dayPnl: money(equity - startOfDayEquity),
    fees: money(facts.fees),
    ...(settledCash === null ? {} : { settledCash: money(settledCash) }),
    marginDeficit: money(max(0n, maintenanceMargin - equity)),
    asOf: readAt,
  };
}

const sum = (values: readonly Fixed[]): Fixed => values.reduce((total, value) => total + value, 0n);
