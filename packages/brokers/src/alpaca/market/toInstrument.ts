import type { Instrument } from "../../domain/marketData.ts";
import type { WireAsset } from "../rest/wireMarket.ts";

/** Alpaca's exchanges, as the desk calls them. */
const EXCHANGES: ReadonlyMap<string, string> = new Map([
  ["NYSEARCA", "ARCA"],
  ["AMEX", "NYSE"],
]);

/** What can be traded of Alpaca's list, in the desk's words; null for what cannot. */
export function toInstrument({
  symbol,
  name,
  exchange,
  tradable,
  status,
  shortable,
  fractionable,
  attributes,
  class: kind,
}: WireAsset): Instrument | null {
  if (!tradable || status !== "active" || kind !== "us_equity") return null;
  const listed = EXCHANGES.get(exchange) ?? exchange;
  return {
    symbol,
    name: name ?? symbol,
    exchange: listed,
    // Alpaca does not tell a fund from a share; Arca lists funds.
    kind: listed === "ARCA" || /\bETF\b/.test(name ?? "") ? "etf" : "stock",
    currency: "USD",
    tickSize: "0.01",
    lotSize: "1",
    shortable,
    fractionable,
    fractionableInExtendedHours: attributes.includes("fractional_eh_enabled"),
    ...(attributes.includes("overnight_tradable")
      ? { overnight: attributes.includes("overnight_halted") ? ("halted" as const) : ("tradable" as const) }
      : {}),
  };
}
