import { divide, formatFixed, max, parseFixed, type Balances, type Fixed } from "@trenddojo/brokers/domain";

/** A figure of an account as TWS writes it. */
export interface AccountFigure {
  readonly value: string;
  /** "" of what is no amount. */
  readonly currency: string;
}

const PERCENT_DECIMALS = 4;

const dollars = (value: Fixed): AccountFigure => ({ value: formatFixed(roundCents(value), 2), currency: "USD" });
const plain = (value: string): AccountFigure => ({ value, currency: "" });
const roundCents = (value: Fixed): Fixed => (value / 10_000_000n) * 10_000_000n;

/** Every figure of an account, by TWS's tag; in the order in which it is told. */
export function accountFigures(balances: Balances, id: string, lastEquity: Fixed): ReadonlyMap<string, AccountFigure> {
  const equity = parseFixed(balances.equity);
  const cash = parseFixed(balances.cash);
  const settled = parseFixed(balances.settledCash ?? balances.cash);
  const long = parseFixed(balances.longMarketValue);
  const short = parseFixed(balances.shortMarketValue);
  const initial = parseFixed(balances.initialMargin);
  const maintenance = parseFixed(balances.maintenanceMargin);
  const gross = long - short;
  const available = dollars(equity - initial);
  const excess = dollars(equity - maintenance);
  const cushion = equity > 0n ? max(divide(equity - maintenance, equity, "down"), 0n) : 0n;
  const leverage = equity > 0n ? divide(gross, equity, "half_even") : 0n;
  return new Map<string, AccountFigure>([
    ["AccountCode", plain(id)],
    ["AccountReady", plain("true")],
    ["AccountType", plain("INDIVIDUAL")],
    ["AccruedCash", dollars(0n)],
    ["AccruedDividend", dollars(parseFixed(balances.accruedDividends ?? "0"))],
    ["AvailableFunds", available],
    ["BuyingPower", dollars(parseFixed(balances.buyingPower))],
    ["Cushion", plain(shortDecimal(cushion))],
    ["DayTradesRemaining", plain("-1")],
    ["DayTradesRemainingT+1", plain("-1")],
    ["DayTradesRemainingT+2", plain("-1")],
    ["DayTradesRemainingT+3", plain("-1")],
    ["DayTradesRemainingT+4", plain("-1")],
    ["EquityWithLoanValue", dollars(equity)],
    ["ExcessLiquidity", excess],
    ["FullAvailableFunds", available],
    ["FullExcessLiquidity", excess],
    ["FullInitMarginReq", dollars(initial)],
    ["FullMaintMarginReq", dollars(maintenance)],
    ["GrossPositionValue", dollars(gross)],
    ["HighestSeverity", plain("0")],
    ["InitMarginReq", dollars(initial)],
    ["Leverage", plain(shortDecimal(leverage))],
    ["LookAheadAvailableFunds", available],
    ["LookAheadExcessLiquidity", excess],
    ["LookAheadInitMarginReq", dollars(initial)],
    ["LookAheadMaintMarginReq", dollars(maintenance)],
    ["LookAheadNextChange", plain("0")],
    ["MaintMarginReq", dollars(maintenance)],
    ["NetLiquidation", dollars(equity)],
    ["PreviousDayEquityWithLoanValue", dollars(lastEquity)],
    ["RegTEquity", dollars(equity)],
    ["RegTMargin", dollars(initial)],
    ["RealizedPnL", dollars(parseFixed(balances.realizedPnl ?? "0"))],
    ["SMA", dollars(max(equity - initial, 0n))],
    ["SettledCash", dollars(settled)],
    ["StockMarketValue", dollars(long + short)],
    ["TotalCashBalance", dollars(cash)],
    ["TotalCashValue", dollars(cash)],
    ["UnrealizedPnL", dollars(parseFixed(balances.unrealizedPnl))],
  ]);
}

/** What a summary can be asked for. Source: https://interactivebrokers.github.io/tws-api/interfaceIBApi_1_1EWrapper.html */
export const SUMMARY_TAGS: ReadonlySet<string> = new Set([
  "AccountType",
  "NetLiquidation",
  "TotalCashValue",
  "SettledCash",
  "AccruedCash",
  "BuyingPower",
  "EquityWithLoanValue",
  "PreviousDayEquityWithLoanValue",
  "GrossPositionValue",
  "RegTEquity",
  "RegTMargin",
  "SMA",
  "InitMarginReq",
  "MaintMarginReq",
  "AvailableFunds",
  "ExcessLiquidity",
  "Cushion",
  "FullInitMarginReq",
  "FullMaintMarginReq",
  "FullAvailableFunds",
  "FullExcessLiquidity",
  "LookAheadNextChange",
  "LookAheadInitMarginReq",
  "LookAheadMaintMarginReq",
  "LookAheadAvailableFunds",
  "LookAheadExcessLiquidity",
  "HighestSeverity",
  "DayTradesRemaining",
  "DayTradesRemainingT+1",
  "DayTradesRemainingT+2",
  "DayTradesRemainingT+3",
  "DayTradesRemainingT+4",
  "Leverage",
]);

/** What `$LEDGER` is told as, by currency; the tags of an account's cash in it. */
export function ledgerFigures(balances: Balances): ReadonlyMap<string, AccountFigure> {
  const value = parseFixed(balances.longMarketValue) + parseFixed(balances.shortMarketValue);
  return new Map<string, AccountFigure>([
    ["Currency", { value: "USD", currency: "USD" }],
    ["CashBalance", dollars(parseFixed(balances.cash))],
    ["TotalCashBalance", dollars(parseFixed(balances.cash))],
    ["AccruedCash", dollars(0n)],
    ["StockMarketValue", dollars(value)],
    ["NetLiquidationByCurrency", dollars(parseFixed(balances.equity))],
    ["UnrealizedPnL", dollars(parseFixed(balances.unrealizedPnl))],
    ["RealizedPnL", dollars(parseFixed(balances.realizedPnl ?? "0"))],
    ["ExchangeRate", { value: "1.00", currency: "USD" }],
  ]);
}

function shortDecimal(value: Fixed): string {
  const step = 10n ** BigInt(9 - PERCENT_DECIMALS);
  return formatFixed((value / step) * step);
}
