import type { Instrument } from "../domain/marketData.ts";

/** An instrument and how its invented price behaves. */
export interface SyntheticInstrument extends Instrument {
  /** Dollars that the price returns to in the long run. */
  readonly anchorPrice: number;
  /** Standard deviation of a year's log return. */
  readonly annualVolatility: number;
  /** Share of the market's moves that it follows; 1 moves with the market. */
  readonly beta: number;
  /** Shares traded on an ordinary day. */
  readonly dailyVolume: number;
  /** Usual distance from bid to ask, in cents. */
  readonly spreadCents: number;
  /** Dollars a share, four times a year; 0 where it pays none. @default 0 */
  readonly quarterlyDividend?: number;
}

type Row = readonly [
  symbol: string,
  name: string,
  exchange: string,
  kind: Instrument["kind"],
  anchorPrice: number,
  annualVolatility: number,
  beta: number,
  dailyMillions: number,
  spreadCents: number,
  quarterlyDividend: number,
];

const ROWS: readonly Row[] = [
  ["SPY", "SPDR S&P 500 ETF Trust", "ARCA", "etf", 660, 0.16, 1, 60, 1, 1.8],
  ["QQQ", "Invesco QQQ Trust", "NASDAQ", "etf", 600, 0.21, 1.2, 45, 1, 0.7],
  ["IWM", "iShares Russell 2000 ETF", "ARCA", "etf", 240, 0.23, 1.15, 30, 1, 0.6],
  ["GLD", "SPDR Gold Shares", "ARCA", "etf", 370, 0.18, 0.05, 10, 2, 0],
  ["TLT", "iShares 20+ Year Treasury Bond ETF", "NASDAQ", "etf", 90, 0.14, -0.1, 35, 1, 0.9],
  ["AAPL", "Apple Inc.", "NASDAQ", "stock", 270, 0.26, 1.15, 50, 1, 0.26],
  ["MSFT", "Microsoft Corporation", "NASDAQ", "stock", 500, 0.24, 1, 20, 3, 0.9],
  ["NVDA", "NVIDIA Corporation", "NASDAQ", "stock", 185, 0.42, 1.8, 170, 1, 0.01],
  ["AMZN", "Amazon.com, Inc.", "NASDAQ", "stock", 230, 0.32, 1.25, 40, 1, 0],
  ["GOOGL", "Alphabet Inc. Class A", "NASDAQ", "stock", 280, 0.3, 1.1, 30, 2, 0.2],
  ["META", "Meta Platforms, Inc.", "NASDAQ", "stock", 640, 0.34, 1.25, 13, 6, 0.5],
  ["TSLA", "Tesla, Inc.", "NASDAQ", "stock", 420, 0.55, 1.9, 80, 3, 0],
  ["AVGO", "Broadcom Inc.", "NASDAQ", "stock", 350, 0.45, 1.6, 22, 5, 0.6],
  ["AMD", "Advanced Micro Devices, Inc.", "NASDAQ", "stock", 220, 0.5, 1.8, 50, 2, 0],
  ["NFLX", "Netflix, Inc.", "NASDAQ", "stock", 110, 0.32, 1, 35, 1, 0],
  ["COST", "Costco Wholesale Corporation", "NASDAQ", "stock", 920, 0.2, 0.8, 2, 25, 1.3],
  ["INTC", "Intel Corporation", "NASDAQ", "stock", 38, 0.45, 1.3, 80, 1, 0],
  ["JPM", "JPMorgan Chase & Co.", "NYSE", "stock", 310, 0.22, 1, 9, 4, 1.5],
  ["BAC", "Bank of America Corporation", "NYSE", "stock", 53, 0.24, 1.1, 35, 1, 0.3],
  ["GS", "The Goldman Sachs Group, Inc.", "NYSE", "stock", 800, 0.28, 1.2, 2, 25, 4],
  ["V", "Visa Inc.", "NYSE", "stock", 335, 0.18, 0.85, 6, 5, 0.7],
  ["WMT", "Walmart Inc.", "NASDAQ", "stock", 100, 0.2, 0.5, 15, 1, 0.25],
  ["XOM", "Exxon Mobil Corporation", "NYSE", "stock", 118, 0.23, 0.6, 15, 1, 1],
  ["JNJ", "Johnson & Johnson", "NYSE", "stock", 200, 0.17, 0.4, 8, 2, 1.3],
  ["UNH", "UnitedHealth Group Incorporated", "NYSE", "stock", 330, 0.35, 0.5, 8, 8, 2.2],
  ["PG", "The Procter & Gamble Company", "NYSE", "stock", 148, 0.16, 0.4, 8, 2, 1],
  ["KO", "The Coca-Cola Company", "NYSE", "stock", 71, 0.15, 0.4, 15, 1, 0.5],
  ["DIS", "The Walt Disney Company", "NYSE", "stock", 105, 0.27, 1.1, 10, 1, 0.4],
  ["IBM", "International Business Machines Corporation", "NYSE", "stock", 300, 0.26, 0.8, 4.5, 8, 1.7],
  ["F", "Ford Motor Company", "NYSE", "stock", 13, 0.35, 1.2, 60, 1, 0.15],
];

/** Thirty well-known instruments with round figures for their behaviour; no price here is a quotation. */
export const SYNTHETIC_INSTRUMENTS: readonly SyntheticInstrument[] = ROWS.map(toInstrument);

function toInstrument(row: Row): SyntheticInstrument {
  const [
    symbol,
    name,
    exchange,
    kind,
    anchorPrice,
    annualVolatility,
    beta,
    dailyMillions,
    spreadCents,
    quarterlyDividend,
  ] = row;
  return {
    symbol,
    name,
    exchange,
    kind,
    currency: "USD",
    tickSize: "0.01",
    lotSize: "1",
    shortable: true,
    fractionable: true,
    anchorPrice,
    annualVolatility,
    beta,
    dailyVolume: dailyMillions * 1_000_000,
    spreadCents,
    quarterlyDividend,
  };
}
