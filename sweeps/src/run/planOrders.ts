import type { Random } from "@trenddojo/brokers/domain";
import type { PlannedOrder, Submit } from "./Submit.ts";

const SYMBOLS = ["AAPL", "MSFT", "SPY"] as const;

/**
 * Tickets of a run: no two alike, so that no rule takes one for the other; small, so that all of them are allowed.
 * @param before how many this desk had in the runs before, which no ticket is to be alike either
 */
export function planOrders(
  random: Random,
  count: number,
  accountIds: readonly [string, ...string[]],
  before = 0,
): Submit[] {
  return Array.from({ length: count }, (_, index) => ({
    key: uuid(random),
    accountId: accountIds[random.integer(accountIds.length)] ?? accountIds[0],
    order: planOrder(random, before + index + 1),
    answer: null,
  }));
}

function planOrder(random: Random, quantity: number): PlannedOrder {
  const symbol = SYMBOLS[random.integer(SYMBOLS.length)] ?? "AAPL";
  const terms = { symbol, side: "buy", quantity: String(quantity) } as const;
  if (random.integer(2) === 0) return { type: "market", ...terms };
  return { type: "limit", ...terms, price: (1 + random.integer(400) / 100).toFixed(2), timeInForce: "gtc" };
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
