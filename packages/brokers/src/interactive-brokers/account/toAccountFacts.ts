import { multiply, money, price, quantity, tryParseFixed, type Fixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Position } from "../../domain/position.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { ExecutionLedger } from "../orders/ExecutionLedger.ts";
import type { AccountFacts } from "./AccountFacts.ts";
import { basisOf, type Basis } from "./CostBasis.ts";
import type { AccountUpdate, AccountValue, HeldStock, PortfolioRow } from "./readAccount.ts";

export interface AccountReading {
  readonly accountId: string;
  readonly update: AccountUpdate;
  /** Figures that the subscription told, where the download lacks one. */
  readonly summary: ReadonlyMap<string, AccountValue>;
  readonly held: readonly HeldStock[];
  readonly ledger: ExecutionLedger;
  /** As the gateway reckons it; null where it does not. */
  readonly dayPnl: Fixed | null;
  /** Epoch milliseconds of the broker's clock. */
  readonly readAt: number;
}

/** What the gateway told of the account, in the desk's words. @throws BrokerError NOT_SUPPORTED for an account in another currency than dollars */
export function toAccountFacts(reading: AccountReading): AccountFacts {
  const { accountId, held, ledger, dayPnl, readAt } = reading;
  const value = (tag: string): Fixed | null => readValue(reading, tag);
  const equity = required(value("NetLiquidation"), "NetLiquidation");
  const cash = required(value("TotalCashValue"), "TotalCashValue");
  const before = value("PreviousDayEquityWithLoanValue");
  const basis = basisOf(
    ledger.executions().map(({ execution }) => execution),
    new Map(held.map(({ conId, quantity: shares }) => [conId, shares])),
  );
  const rows = held.map((stock) => ({ stock, row: reading.update.portfolio.get(stock.conId) }));
  const values = rows.map(({ stock, row }) => valueOf(stock, row) ?? 0n);
  const invested = equity - cash - (value("AccruedDividend") ?? 0n);
  const shorts = sum(values.filter((each) => each < 0n));
  const isAllShort = values.every((each) => each < 0n);
  return {
    accountId,
    equity,
    cash,
    buyingPower: value("BuyingPower") ?? 0n,
    availableFunds: value("AvailableFunds") ?? 0n,
    initialMargin: value("InitMarginReq") ?? value("FullInitMarginReq") ?? 0n,
    maintenanceMargin: value("MaintMarginReq") ?? value("FullMaintMarginReq") ?? 0n,
    settledCash: value("SettledCash"),
    startOfDayEquity: dayPnl === null ? (before ?? equity) : equity - dayPnl,
    // The gateway rounds each figure by itself: what is not short is long, so that the whole is the sum of its parts.
    longMarketValue: isAllShort ? 0n : invested - shorts,
    shortMarketValue: isAllShort ? invested : shorts,
    realized: held.every(({ conId }) => basis.has(conId))
      ? sum([...basis.values()].map((each) => each.realized))
      : null,
    fees: sum(ledger.executions().map(({ fees }) => fees ?? 0n)),
    positions: rows.map(({ stock, row }) => toPosition(stock, row, basis.get(stock.conId), readAt)),
    readAt,
  };
}

function toPosition(
  stock: HeldStock,
  row: PortfolioRow | undefined,
  basis: Basis | undefined,
  readAt: number,
): Position {
  const average = basis?.averagePrice ?? stock.averageCost ?? 0n;
  const mark = row?.marketPrice ?? null;
  const value = valueOf(stock, row);
  const unrealized = mark === null ? null : multiply(stock.quantity, mark - average, "half_even");
  return {
    symbol: stock.symbol,
    quantity: quantity(stock.quantity),
    averagePrice: price(average),
    marketPrice: mark === null ? null : price(mark),
    marketValue: value === null ? null : money(value),
    unrealizedPnl: unrealized === null ? null : money(unrealized),
    realizedPnl: basis === undefined ? null : money(basis.realized),
    markedAt: mark === null ? null : readAt,
  };
}

/** The portfolio may be a moment older than the positions. */
function valueOf({ quantity: shares }: HeldStock, row: PortfolioRow | undefined): Fixed | null {
  if (row === undefined || row.marketPrice === null) return null;
  return row.quantity === shares && row.marketValue !== null
    ? row.marketValue
    : multiply(shares, row.marketPrice, "half_even");
}

/** @throws BrokerError NOT_SUPPORTED for another currency than dollars */
function readValue({ update, summary }: AccountReading, tag: string): Fixed | null {
  const told = update.values.get(tag) ?? summary.get(tag);
  if (told === undefined) return null;
  if (told.currency !== "USD" && told.currency !== "" && told.currency !== "BASE") {
    const message = `the account is kept in ${told.currency}, and the desk reckons in US dollars: use an account in dollars`;
    throw ibRefusal(BrokerErrorCode.NOT_SUPPORTED, message, { currency: told.currency });
  }
  return tryParseFixed(told.value) ?? null;
}

function required(value: Fixed | null, tag: string): Fixed {
  if (value !== null) return value;
  throw ibRefusal(
    BrokerErrorCode.API_ERROR,
    `Interactive Brokers does not tell the account's ${tag}: try again shortly`,
  );
}

const sum = (values: readonly Fixed[]): Fixed => values.reduce((total, value) => total + value, 0n);
