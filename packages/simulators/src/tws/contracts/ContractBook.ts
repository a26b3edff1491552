import type { Instrument } from "@trenddojo/brokers/domain";
import { TwsRefusal } from "../TwsRefusal.ts";
import { NO_CONTRACT, type WireContract } from "../wire/WireContract.ts";
import { conIdsOf } from "./conIds.ts";

/** Where a share can be sent, beside the exchange that lists it. */
export const VALID_EXCHANGES: readonly string[] = ["SMART", "NYSE", "ARCA", "NASDAQ", "BATS", "IEX", "EDGEA"];
/** Names that clients use for the same listing exchange. */
const SAME_EXCHANGE: Readonly<Record<string, string>> = { ISLAND: "NASDAQ", PINK: "NASDAQ" };

const NOT_FOUND = "No security definition has been found for the request";

/** Every contract of the market, by each of its names. */
export class ContractBook {
  readonly #instruments: readonly Instrument[];
  readonly #conIds: ReadonlyMap<string, number>;
  readonly #bySymbol: ReadonlyMap<string, Instrument>;

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#conIds = conIdsOf(instruments.map(({ symbol }) => symbol));
    this.#bySymbol = new Map(instruments.map((each) => [each.symbol, each]));
  }

  conId({ symbol }: Pick<Instrument, "symbol">): number {
    return this.#conIds.get(symbol) ?? 0;
  }

  /** @throws TwsRefusal 200 where there is none, 321 where too little is said. */
  find(contract: WireContract): Instrument {
    const { conId, symbol, localSymbol, secType, exchange, primaryExch, currency } = contract;
    if (conId === 0 && symbol === "" && localSymbol === "") throw invalid("Please enter a local symbol or an expiry");
    if (conId === 0 && secType === "") throw invalid("Please enter a valid security type");
    const found =
      conId === 0
        ? this.#bySymbol.get(symbol === "" ? localSymbol : symbol)
        : this.#instruments.find((each) => this.conId(each) === conId);
    const fits =
      found !== undefined &&
      (secType === "" || secType === "STK") &&
      (symbol === "" || symbol === found.symbol) &&
      (localSymbol === "" || localSymbol === found.symbol) &&
      (currency === "" || currency === found.currency) &&
      (exchange === "" || VALID_EXCHANGES.includes(listing(exchange))) &&
      (primaryExch === "" || listing(primaryExch) === found.exchange);
    if (!fits) throw new TwsRefusal(200, NOT_FOUND);
    return found;
  }

  /** As `find`, for an order or for market data, which say where. @throws TwsRefusal */
  findRoutable(contract: WireContract): Instrument {
    const found = this.find(contract);
    if (contract.exchange === "") throw invalid("Please enter exchange");
    return found;
  }

  /** Those whose symbol or name begins like this, the symbol itself first; at most sixteen. */
  search(pattern: string): readonly Instrument[] {
    const wanted = pattern.trim().toUpperCase();
    if (wanted === "") return [];
    const rank = ({ symbol, name }: Instrument): number =>
      symbol === wanted ? 0 : symbol.startsWith(wanted) ? 1 : name.toUpperCase().includes(wanted) ? 2 : 3;
    return this.#instruments
      .filter((each) => rank(each) < 3)
      .toSorted((a, b) => rank(a) - rank(b) || (a.symbol < b.symbol ? -1 : 1))
      .slice(0, 16);
  }

  /** A contract as replies write it. @param exchange where it is sent; "" in positions. */
  toWire(instrument: Instrument, exchange: string): WireContract {
    return {
      ...NO_CONTRACT,
      conId: this.conId(instrument),
      symbol: instrument.symbol,
      secType: "STK",
      strike: "0",
      exchange,
      primaryExch: instrument.exchange,
      currency: instrument.currency,
      localSymbol: instrument.symbol,
      tradingClass: tradingClass(instrument),
    };
  }
}

/** Nasdaq has one class for all of its global market; elsewhere the class is the symbol. */
function tradingClass({ exchange, symbol }: Instrument): string {
  return exchange === "NASDAQ" ? "NMS" : symbol;
}

const listing = (exchange: string): string => SAME_EXCHANGE[exchange] ?? exchange;

function invalid(cause: string): TwsRefusal {
  return new TwsRefusal(321, `Error validating request.-'bN' : cause - ${cause}`);
}
