import { parseFixed, type Fixed } from "../domain/decimal.ts";
import type { Instrument } from "../domain/marketData.ts";
import { NO_HOLDING, type Holding } from "./Holding.ts";
import { MarketView } from "./MarketView.ts";
import { OrderBook } from "./OrderBook.ts";
import type { TradingHalt } from "../domain/tradingStatus.ts";
import { NO_VALUE, type HoldingValue, type Valuation } from "./Valuation.ts";

/** What the engine needs to know of an instrument, with its decimals read. */
export interface TradingRules {
  /** Smallest step of a quantity. */
  readonly lotSize: Fixed;
  /** Smallest step of a price at or above one dollar. */
  readonly tickSize: Fixed;
  readonly shortable: boolean;
  /** Smallest step of a quantity in market and limit day orders. */
  readonly fractionSize: Fixed;
  /** The listing exchange, whose auctions it trades in. */
  readonly exchange: string;
}

/** Where the instrument is not known, nothing can be ordered; a stored position is still valued. */
const UNKNOWN_RULES: TradingRules = {
  lotSize: 1n,
  tickSize: 1n,
  shortable: false,
  fractionSize: 1n,
  exchange: "",
};

/** Everything that the engine knows of one symbol. */
export class SymbolState {
  readonly symbol: string;
  readonly book = new OrderBook();
  /** What its holding counts in the account's sums, and whether that may have changed since. */
  counted: HoldingValue = NO_VALUE;
  isTouched = false;
  readonly #valuation: Valuation;
  #market: MarketView;
  #holding: Holding = NO_HOLDING;
  rules: TradingRules = UNKNOWN_RULES;
  /** Null while it trades. */
  halt: TradingHalt | null = null;

  constructor(symbol: string, valuation: Valuation) {
    this.symbol = symbol;
    this.#valuation = valuation;
    this.#market = this.#watch(new MarketView());
  }

  get market(): MarketView {
    return this.#market;
  }

  set market(market: MarketView) {
    this.#market = this.#watch(market);
    this.#valuation.touch(this);
  }

  get holding(): Holding {
    return this.#holding;
  }

  set holding(holding: Holding) {
    this.#holding = holding;
    this.#valuation.touch(this);
  }

  #watch(market: MarketView): MarketView {
    market.onMark = () => {
      if (this.#holding.quantity !== 0n) this.#valuation.touch(this);
    };
    return market;
  }

  /** Some order here may have to do with the next tick. */
  get hasOrders(): boolean {
    const { buy, sell } = this.book;
    return !buy.isEmpty || !sell.isEmpty || buy.auction.size > 0 || sell.auction.size > 0 || this.market.isReopening;
  }

  /** Neither halted nor waiting for the print that reopens it. */
  get isTrading(): boolean {
    return this.halt === null && !this.market.isReopening;
  }

  get isTradable(): boolean {
    return this.rules !== UNKNOWN_RULES;
  }

  /** @throws DecimalError for an instrument whose sizes cannot be read. */
  learn(instrument: Instrument): void {
    this.rules = {
      lotSize: parseFixed(instrument.lotSize),
      tickSize: parseFixed(instrument.tickSize),
      shortable: instrument.shortable,
      fractionSize: instrument.fractionable === true ? 1n : parseFixed(instrument.lotSize),
      exchange: instrument.exchange,
    };
  }
}
