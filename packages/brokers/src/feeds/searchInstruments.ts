import type { Instrument } from "../domain/marketData.ts";

/**
 * Instruments that match a query by symbol or by words of the name, best first: the exact symbol, then symbols that
 * begin with it, names that begin with it, names of which a word begins with it, symbols and names that contain it.
 * Equals keep their order. An empty query lists from the start. Letter case and surrounding space do not matter.
 * @param limit at most this many.
 */
export function searchInstruments(
  instruments: readonly Instrument[],
  query: string,
  limit: number,
): readonly Instrument[] {
  const sought = query.trim().toLowerCase();
  return instruments
    .map((instrument) => ({ instrument, rank: rankOf(instrument, sought) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .slice(0, Math.max(0, limit))
    .map(({ instrument }) => instrument);
}

/** Smaller is better; null does not match. */
function rankOf({ symbol, name }: Instrument, sought: string): number | null {
  if (sought === "") return 0;
  const ticker = symbol.toLowerCase();
  const words = name.toLowerCase();
  if (ticker === sought) return 0;
  if (ticker.startsWith(sought)) return 1;
  if (words.startsWith(sought)) return 2;
  if (words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought))) return 3;
  if (ticker.includes(sought)) return 4;
  return words.includes(sought) ? 5 : null;
}
