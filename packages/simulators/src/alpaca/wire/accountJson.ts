import { abs, divide, formatFixed, max, multiply, parseFixed, roundTo, type Fixed } from "@trenddojo/brokers/domain";
import { nyDate } from "@trenddojo/brokers";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { instantText } from "./instant.ts";

const HALF = parseFixed("0.5");
const TWO = parseFixed("2");
const DAY_MS = 86_400_000;

/** `GET /v2/account`. Fields of the day-trader rule, which ended in June 2026, are left out as the vendor leaves them out. */
export function accountJson(account: SimulatedAccount): object {
  const { settings, standing } = account;
  const balances = account.balances();
  const equity = parseFixed(balances.equity);
  const long = parseFixed(balances.longMarketValue);
  const short = parseFixed(balances.shortMarketValue);
  // Regulation T asks for half of everything, whatever may be bought within the day.
  const initial = multiply(long + abs(short), HALF, "up");
  const isMargin = settings.max_margin_multiplier !== "1";
  const regT = isMargin ? multiply(max(equity - initial, 0n), TWO, "down") : parseFixed(balances.buyingPower);
  const unborrowed = formatFixed(max(roundTo(parseFixed(balances.cash), 2, "half_even"), 0n));
  return {
    id: account.id,
    admin_configurations: {},
    user_configurations: null,
    account_number: account.accountNumber,
    status: standing.status,
    crypto_status: "INACTIVE",
    currency: "USD",
    cash: formatFixed(roundTo(parseFixed(balances.cash), 2, "half_even")),
    equity: balances.equity,
    last_equity: account.lastEquity,
    portfolio_value: balances.equity,
    buying_power: balances.buyingPower,
    effective_buying_power: balances.buyingPower,
    regt_buying_power: formatFixed(regT),
    non_marginable_buying_power: unborrowed,
    options_buying_power: unborrowed,
    position_market_value: formatFixed(long + short),
    long_market_value: balances.longMarketValue,
    short_market_value: balances.shortMarketValue,
    initial_margin: formatFixed(initial),
    maintenance_margin: balances.maintenanceMargin,
    last_maintenance_margin: "0",
    sma: "0",
    multiplier: settings.max_margin_multiplier,
    accrued_fees: "0",
    pending_reg_taf_fees: "0",
    intraday_adjustments: "0",
    balance_asof: nyDate(account.now() - DAY_MS),
    created_at: instantText(account.createdAt),
    trade_suspended_by_user: settings.suspend_trade,
    trading_blocked: standing.tradingBlocked,
    transfers_blocked: false,
    account_blocked: standing.accountBlocked,
    shorting_enabled: isMargin && !settings.no_shorting,
    crypto_tier: 0,
    options_approved_level: 3,
    options_trading_level: settings.max_options_trading_level,
  };
}

/** The fraction of `part` in `whole`; zero without a whole. */
export function fraction(part: Fixed, whole: Fixed): string {
  return whole === 0n ? "0" : formatFixed(divide(part, abs(whole), "half_even"));
}
