import type { BrokerCapabilities } from "../../domain/capabilities.ts";
import { parseFixed } from "../../domain/decimal.ts";
import type { OrderIssue } from "../../domain/validation.ts";
import { checkCapabilities } from "../../rules/checkCapabilities.ts";
import { checkInstrument } from "../../rules/checkInstrument.ts";
import { evaluateRisk } from "../../rules/evaluateRisk.ts";
import type { ParsedOrder } from "../../rules/ParsedOrder.ts";
import type { ExposedOrder, HeldPosition, RecentOrder } from "../../rules/RiskInput.ts";
import type { PaperBackendSession } from "./PaperBackendSession.ts";
import type { RiskPolicy } from "../PaperConfig.ts";

export interface PaperRiskContext {
  readonly session: PaperBackendSession;
  readonly capabilities: BrokerCapabilities;
  readonly policy: RiskPolicy;
  readonly recentOrders: readonly RecentOrder[];
  /** Our clock, epoch milliseconds. */
  readonly now: number;
}

/** Everything that keeps an order from the exchange: what the broker cannot do, what the instrument does not take, and every risk rule. */
export function findOrderIssues(order: ParsedOrder, context: PaperRiskContext): readonly OrderIssue[] {
  const { session, capabilities, policy, recentOrders, now } = context;
  const instrument = session.feed.instrument(order.symbol);
  const balances = session.exchange.balances(session.now());
  const equity = parseFixed(balances.equity);
  const risk =
    instrument === undefined
      ? []
      : evaluateRisk({
          order,
          ...policy,
          now,
          quote: session.feed.latest(order.symbol) ?? null,
          positions: heldPositions(session),
          openOrders: exposedOrders(session),
          recentOrders,
          equity,
          startOfDayEquity: equity - parseFixed(balances.dayPnl),
          buyingPower: parseFixed(balances.buyingPower),
          session: session.marketSession(),
        });
  return [...checkInstrument(order, instrument), ...checkCapabilities(order, capabilities), ...risk];
}

function heldPositions(session: PaperBackendSession): readonly HeldPosition[] {
  return session.exchange.positions().map(({ symbol, quantity, marketPrice, averagePrice }) => ({
    symbol,
    quantity: parseFixed(quantity),
    price: parseFixed(marketPrice ?? averagePrice),
  }));
}

function exposedOrders(session: PaperBackendSession): readonly ExposedOrder[] {
  return session.exchange.openOrders().map(({ symbol, side, quantity, filledQuantity, price: limit, stopPrice }) => {
    const named = limit ?? stopPrice;
    return {
      symbol,
      side,
      remaining: parseFixed(quantity) - parseFixed(filledQuantity),
      price: named === null ? null : parseFixed(named),
    };
  });
}
