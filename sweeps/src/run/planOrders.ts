import type { Random } from "@trenddojo/brokers/domain";
import type { Command, PlannedOrder, Submit } from "./Submit.ts";

/** Sold is what nobody buys: Alpaca takes no order that would sell more than is held, and no buy beside a short sale. */
const SYMBOLS = { buy: ["AAPL", "MSFT", "SPY"], sell: ["TSLA", "NVDA"] } as const;

/**
 * Tickets of a run: no two alike, so that no rule takes one for the other; small, so that all of them are allowed.
 * @param isCommanded whether some of the limit orders are to be canceled or replaced once they are placed
 * @param before how many this desk had in the runs before, which no ticket is to be alike either
 */
export function planOrders(
  random: Random,
  count: number,
  accountIds: readonly [string, ...string[]],
  { before = 0, isCommanded = false }: { readonly before?: number; readonly isCommanded?: boolean } = {},
): Submit[] {
  return Array.from({ length: count }, (_, index) => {
    const key = uuid(random);
    const accountId = accountIds[random.integer(accountIds.length)] ?? accountIds[0];
    const order = planOrder(random, before + index + 1);
    const command = isCommanded ? planCommand(random, order) : null;
    return { key, accountId, order, answer: null, command, commandAnswer: null };
  });
}

function planOrder(random: Random, quantity: number): PlannedOrder {
  const side = random.integer(3) === 0 ? "sell" : "buy";
  const symbol = SYMBOLS[side][random.integer(SYMBOLS[side].length)] ?? SYMBOLS[side][0];
  const terms = { symbol, side, quantity: String(quantity) } as const;
  if (random.integer(2) === 0) return { type: "market", ...terms };
  return { type: "limit", ...terms, price: farPrice(random, side), timeInForce: "gtc" };
}

/** Market orders are gone before anybody could ask for more. */
function planCommand(random: Random, order: PlannedOrder): Command | null {
  if (order.type !== "limit") return null;
  const kind = random.integer(3);
  if (kind === 0) return { kind: "cancel" };
  return kind === 1 ? { kind: "replace", price: farPrice(random, order.side) } : null;
}

/** So far from any market that the order works until somebody ends it. */
function farPrice(random: Random, side: PlannedOrder["side"]): string {
  return ((side === "buy" ? 1 : 900) + random.integer(400) / 100).toFixed(2);
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
