import { formatFixed, ONE, type Fixed } from "../../domain/decimal.ts";
import type { Instrument } from "../../domain/marketData.ts";
import { readPositive } from "../ibNumber.ts";
import { symbolOf } from "../ibSymbol.ts";
import type { IBContract, IBContractDetails } from "../session/vendorTypes.ts";
import { stepAtADollar, type PriceStep } from "./priceSteps.ts";
import { readTradingHours, type TradingHours } from "./tradingHours.ts";

/** A stock that Interactive Brokers knows, routed by itself (SMART) and in dollars. */
export interface KnownContract {
  readonly conId: number;
  /** As orders and requests name it. */
  readonly contract: IBContract;
  readonly instrument: Instrument;
  /** Its market rule, the lowest prices first; empty where it is not known. */
  readonly steps: readonly PriceStep[];
  /** The regular session's hours; null where they cannot be read. */
  readonly liquidHours: TradingHours | null;
}

const CENT: Fixed = ONE / 100n;
/** Interactive Brokers' names, as the desk calls them. */
const EXCHANGES: ReadonlyMap<string, string> = new Map([
  ["ISLAND", "NASDAQ"],
  ["AMEX", "NYSE"],
]);

export function exchangeOf(primaryExch: string): string {
  const [name = ""] = primaryExch.split(".");
  return EXCHANGES.get(name) ?? name;
}

/** Null for what is no stock in dollars, or has no id. */
export function toKnownContract(details: IBContractDetails, steps: readonly PriceStep[]): KnownContract | null {
  const { contract, longName = "", stockType = "", minTick, liquidHours = "", timeZoneId = "" } = details;
  const symbol = symbolOf(contract);
  const { conId = 0, currency, primaryExch = "" } = contract;
  if (symbol === null || conId <= 0 || currency !== "USD") return null;
  const tick = stepAtADollar(steps) ?? readPositive(minTick) ?? CENT;
  return {
    conId,
    contract: { conId, symbol: contract.symbol ?? symbol, secType: "STK", exchange: "SMART", currency: "USD" },
    instrument: {
      symbol,
      name: longName === "" ? symbol : longName,
      exchange: exchangeOf(primaryExch),
      kind: stockType === "ETF" || stockType === "ETN" ? "etf" : "stock",
      currency: "USD",
      tickSize: formatFixed(tick),
      // What is finer than a share is refused over the API.
      lotSize: "1",
      shortable: true,
    },
    steps,
    liquidHours: readTradingHours(liquidHours, timeZoneId),
  };
}

/** The market rule that holds where orders are routed; null where none is named. */
export function marketRuleOf({ validExchanges = "", marketRuleIds = "" }: IBContractDetails): number | null {
  const index = validExchanges.split(",").indexOf("SMART");
  const id = Number(marketRuleIds.split(",")[index] ?? "");
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
