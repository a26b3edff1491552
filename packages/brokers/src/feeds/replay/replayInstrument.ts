import type { Instrument } from "../../domain/marketData.ts";
import { SYNTHETIC_INSTRUMENTS } from "../syntheticInstruments.ts";

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
  };
}
