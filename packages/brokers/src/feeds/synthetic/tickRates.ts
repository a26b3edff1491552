import type { SyntheticInstrument } from "../syntheticInstruments.ts";

/** Part of the ticks that is shared out evenly, so that quiet names are heard too. */
const EVEN_SHARE = 0.375;

/** Ticks a second of each instrument, in their order, adding up to `total`: busy names tick more. */
export function tickRates(instruments: readonly SyntheticInstrument[], total: number): readonly number[] {
  const weights = instruments.map(({ dailyVolume }) => Math.sqrt(dailyVolume));
  const sum = weights.reduce((left, right) => left + right, 0);
  return weights.map((weight) => total * (EVEN_SHARE / instruments.length + ((1 - EVEN_SHARE) * weight) / sum));
}
