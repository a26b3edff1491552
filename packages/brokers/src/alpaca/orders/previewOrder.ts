import type { CallOptions } from "../../BrokerClient.ts";
import type { MarginInfo, OrderPreview } from "../../domain/account.ts";
import { divide, max, money, multiply, ONE, price, type Fixed } from "../../domain/decimal.ts";
import { openingOf } from "../../judging/OrderJudge.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import { referencePrice } from "../../rules/referencePrice.ts";
import type { Holdings } from "../account/AlpacaAccount.ts";
import type { AlpacaLink } from "../AlpacaLink.ts";

/** Of the value of a long position; a broker may ask for more of some shares. FINRA rule 4210(c). */
const MAINTENANCE: Fixed = (ONE * 30n) / 100n;

/** What the order would do to the account, reckoned here: Alpaca has no preview. @throws BrokerError */
export async function previewOrder(
  order: ParsedOrder,
  { market, account }: AlpacaLink,
  options: CallOptions,
): Promise<OrderPreview> {
  const [quote, facts] = await Promise.all([market.latest(order.symbol, options), account.holdings("read", options)]);
  const reference = referencePrice(order, quote);
  if (reference === null) {
    return {
      referencePrice: null,
      notional: null,
      estimatedFees: null,
      margin: null,
      buyingPowerAfter: null,
      quotedAt: null,
    };
  }
  const quantity = order.notional === undefined ? order.quantity : divide(order.notional, reference, "down");
  const opening = multiply(openingOf({ ...order, quantity }, facts.positions), reference, "up");
  return {
    referencePrice: price(reference),
    notional: money(multiply(quantity, reference, "half_even")),
    // No commission; what the regulators take of a sale is booked by the day.
    estimatedFees: null,
    margin: marginOf(opening, facts),
    buyingPowerAfter: money(facts.account.buying_power - opening),
    quotedAt: quote?.timestamp ?? null,
  };
}

/** Alpaca's buying power is what margin there is, times the account's multiplier. */
function marginOf(opening: Fixed, { account }: Holdings): MarginInfo {
  const multiplier = max(ONE, account.multiplier ?? ONE);
  return {
    required: money(divide(opening, multiplier, "up")),
    available: money(divide(account.buying_power, multiplier, "down")),
    canExecute: opening <= account.buying_power,
    maintenance: money(multiply(opening, MAINTENANCE, "up")),
  };
}
