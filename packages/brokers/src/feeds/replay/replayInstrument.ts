import type { Instrument } from "../../domain/marketData.ts";
import { SYNTHETIC_INSTRUMENTS } from "../syntheticInstruments.ts";

/** Letters of the consolidated tape for the exchanges that list: https://www.ctaplan.com/tech-specs */
const TAPE_CODES: Readonly<Record<string, string>> = { NYSE: "N", NASDAQ: "Q", ARCA: "P" };

/** Whether a code of the tape is that of the exchange that lists the instrument, and so names its opening and closing price. */
export function isListingExchange({ exchange }: Instrument, code: string): boolean {
  const listing = TAPE_CODES[exchange];
  return listing === undefined || listing === code;
}

/** What is known of a symbol that a tape names: name and listing of the well-known ones, else the symbol and "US". */
export function replayInstrument(symbol: string): Instrument {
  const known = SYNTHETIC_INSTRUMENTS.find((instrument) => instrument.symbol === symbol);
  return {
    symbol,
    name: known?.name ?? symbol,
    exchange: known?.exchange ?? "US",
    kind: known?.kind ?? "stock",
    currency: "USD",
    tickSize: "0.01",
    lotSize: "1",
    shortable: true,
    fractionable: true,
  };
}
