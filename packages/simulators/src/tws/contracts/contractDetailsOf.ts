import type { Instrument } from "@trenddojo/brokers/domain";
import type { TwsMarket } from "../market/TwsMarket.ts";
import { EASTERN } from "../easternTime.ts";
import { TWS_ORDER_TYPES } from "../orders/OrderTicket.ts";
import type { ContractDetails, ReplyOf } from "../wire/TwsReply.ts";
import { VALID_EXCHANGES, type ContractBook } from "./ContractBook.ts";
import { hoursTexts } from "./tradingHours.ts";

/** The rule of US shares: a cent, below a dollar a hundredth of one. SEC Rule 612. */
export const US_STOCK_RULE = 26;
export const MARKET_RULES: ReadonlyMap<number, ReplyOf<"marketRule">["increments"]> = new Map([
  [
    US_STOCK_RULE,
    [
      { lowEdge: "0", increment: "0.0001" },
      { lowEdge: "1", increment: "0.01" },
    ],
  ],
]);

/** As orderTypes says them: no spaces. */
const TYPE_NAMES: readonly string[] = TWS_ORDER_TYPES.map((type) => type.replaceAll(" ", ""));
const MORE_NAMES: readonly string[] = ["ACTIVETIM", "DAY", "GTC", "GTD", "IOC", "FOK", "OPG", "GAT", "OCA", "WHATIF"];

export function contractDetailsOf(instrument: Instrument, book: ContractBook, market: TwsMarket): ContractDetails {
  const hours = hoursTexts(market.now(), market.feed.description.alwaysOpen);
  return {
    contract: book.toWire(instrument, "SMART"),
    marketName: book.toWire(instrument, "SMART").tradingClass,
    // The smallest of all steps, whatever the price.
    minTick: instrument.tickSize,
    orderTypes: [...TYPE_NAMES, ...MORE_NAMES].join(","),
    validExchanges: VALID_EXCHANGES.join(","),
    priceMagnifier: 1,
    underConId: 0,
    longName: instrument.name,
    contractMonth: "",
    industry: instrument.kind === "etf" ? "" : "Equities",
    category: "",
    subcategory: "",
    timeZoneId: EASTERN,
    ...hours,
    evRule: "",
    evMultiplier: "0",
    secIds: [],
    aggGroup: 1,
    underSymbol: "",
    underSecType: "",
    marketRuleIds: VALID_EXCHANGES.map(() => US_STOCK_RULE).join(","),
    realExpirationDate: "",
    stockType: instrument.kind === "etf" ? "ETF" : "COMMON",
    minSize: instrument.lotSize,
    sizeIncrement: instrument.lotSize,
    suggestedSizeIncrement: "100",
    ineligibilityReasons: [],
  };
}
