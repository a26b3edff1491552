import {
  abs,
  fixedFromTick,
  formatFixed,
  max,
  multiply,
  parseFixed,
  type Fixed,
  type Position,
} from "@trenddojo/brokers/domain";
import { nyDate, nyMidnight } from "@trenddojo/brokers";
import { heldForOrders } from "../account/checkHoldings.ts";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { fraction } from "./accountJson.ts";
import { assetId } from "./ids.ts";
import { nanosOf } from "./instant.ts";

/** One position as the vendor has it. */
export function positionJson(account: SimulatedAccount, position: Position): object {
  const { symbol } = position;
  const qty = parseFixed(position.quantity);
  const current = parseFixed(position.marketPrice ?? position.averagePrice);
  const cost = multiply(qty, parseFixed(position.averagePrice), "half_even");
  const value = multiply(qty, current, "half_even");
  const previousClose = account.market.latest(symbol)?.previousClose ?? null;
  const lastday = previousClose === null ? current : fixedFromTick(previousClose);
  const intraday = intradayProfit(account, symbol, { qty, current, lastday });
  const reserved = heldForOrders(account.ledger, symbol, qty > 0n ? "sell" : "buy");
  const available = max(abs(qty) - reserved, 0n);
  return {
    asset_id: assetId(symbol),
    symbol,
    exchange: account.market.instrument(symbol)?.exchange ?? "",
    asset_class: "us_equity",
    asset_marginable: true,
    qty: formatFixed(qty),
    qty_available: formatFixed(qty < 0n ? -available : available),
    avg_entry_price: position.averagePrice,
    side: qty < 0n ? "short" : "long",
    market_value: formatFixed(value),
    cost_basis: formatFixed(cost),
    unrealized_pl: formatFixed(value - cost),
    unrealized_plpc: fraction(value - cost, cost),
    unrealized_intraday_pl: formatFixed(intraday),
    unrealized_intraday_plpc: fraction(intraday, value - intraday),
    current_price: formatFixed(current),
    lastday_price: formatFixed(lastday),
    change_today: fraction(current - lastday, lastday),
  };
}

/** Today's profit: on what was held since yesterday from the last close, on what was traded today from its price. */
function intradayProfit(
  account: SimulatedAccount,
  symbol: string,
  { qty, current, lastday }: { readonly qty: Fixed; readonly current: Fixed; readonly lastday: Fixed },
): Fixed {
  const today = nanosOf(nyMidnight(nyDate(account.now())));
  let overnight = qty;
  let profit: Fixed = 0n;
  for (const fill of account.fills) {
    if (fill.symbol !== symbol || fill.at < today) continue;
    const signed = fill.side === "buy" ? fill.qty : -fill.qty;
    overnight -= signed;
    profit += multiply(signed, current - fill.price, "half_even");
  }
  return profit + multiply(overnight, current - lastday, "half_even");
}
