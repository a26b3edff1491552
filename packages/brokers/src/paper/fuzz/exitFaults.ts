import { max, parseFixed } from "../../domain/decimal.ts";
import type { PaperExchange } from "../PaperExchange.ts";

/** Exits that work and are together for more than they could close, a pair counted once (PX118); empty where none are. */
export function exitFaults(exchange: PaperExchange): readonly string[] {
  const asked = new Map<string, Map<string, bigint>>();
  for (const { symbol, side, group, isHeld, quantity, filledQuantity } of exchange.openOrders()) {
    if (group === undefined || group.role === "entry" || isHeld === true) continue;
    const place = `${side} ${symbol}`;
    const byGroup = asked.get(place) ?? new Map<string, bigint>();
    const left = parseFixed(quantity) - parseFixed(filledQuantity);
    asked.set(place, byGroup.set(group.id, max(byGroup.get(group.id) ?? 0n, left)));
  }
  if (asked.size === 0) return [];
  const held = new Map(exchange.positions().map(({ symbol, quantity }) => [symbol, parseFixed(quantity)]));
  return [...asked].flatMap(([place, byGroup]) => {
    const [side, symbol = ""] = place.split(" ");
    const closable = max((held.get(symbol) ?? 0n) * (side === "sell" ? 1n : -1n), 0n);
    const sum = [...byGroup.values()].reduce((total, each) => total + each, 0n);
    return sum > closable ? [`exits ${place} ${sum} where ${closable} can be closed`] : [];
  });
}
