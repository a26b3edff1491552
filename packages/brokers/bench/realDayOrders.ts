import { clientOrderId, parseFixed, type MarketData, type Random } from "../src/domain/index.ts";
import type { ParsedOrder } from "../src/rules/ParsedOrder.ts";

/** How an order is given, and how far from the market. */
export const KINDS = [
  "market",
  "limit at the far side",
  "ioc at the far side",
  "limit at the near side",
  "limit one cent behind",
  "limit five cents behind",
  "stop five cents away",
] as const;
export type Kind = (typeof KINDS)[number];

const cents = (price: number): bigint => parseFixed((Math.round(price * 100) / 100).toFixed(2));

/** An order for a quote, of 1 to 1,000 shares; undefined where a side is not quoted. */
export function realDayOrder(
  index: number,
  tick: MarketData,
  random: Random,
): { kind: Kind; order: ParsedOrder } | undefined {
  const { bid, ask, symbol } = tick;
  if (bid === null || ask === null) return undefined;
  const kind = KINDS[random.integer(KINDS.length)] ?? "market";
  const side = random.integer(2) === 0 ? "buy" : "sell";
  const away = side === "buy" ? -1 : 1;
  const near = side === "buy" ? bid : ask;
  const far = side === "buy" ? ask : bid;
  const base = {
    clientOrderId: clientOrderId(`day-${index}`),
    symbol,
    side,
    type: "limit",
    timeInForce: "day",
    extendedHours: false,
    quantity: parseFixed(1 + random.integer(1_000)),
    price: null,
    stopPrice: null,
  } as const;
  switch (kind) {
    case "market":
      return { kind, order: { ...base, type: "market" } };
    case "limit at the far side":
      return { kind, order: { ...base, price: cents(far) } };
    case "ioc at the far side":
      return { kind, order: { ...base, timeInForce: "ioc", price: cents(far) } };
    case "limit at the near side":
      return { kind, order: { ...base, price: cents(near) } };
    case "limit one cent behind":
      return { kind, order: { ...base, price: cents(near + away * 0.01) } };
    case "limit five cents behind":
      return { kind, order: { ...base, price: cents(near + away * 0.05) } };
    case "stop five cents away":
      return { kind, order: { ...base, type: "stop", stopPrice: cents(far - away * 0.05) } };
  }
}
