/** Most symbols that a list holds. */
const MAX_WATCHLIST = 500;

/** The list with a symbol at its end; unchanged where it is there already or the list is full. */
export function addSymbol(symbols: readonly string[], symbol: string): readonly string[] {
  return symbols.includes(symbol) || symbols.length >= MAX_WATCHLIST ? symbols : [...symbols, symbol];
}

export function removeSymbol(symbols: readonly string[], symbol: string): readonly string[] {
  return symbols.filter((candidate) => candidate !== symbol);
}

/** The list with a symbol moved by `step` places, as far as the list goes. */
export function moveSymbol(symbols: readonly string[], symbol: string, step: number): readonly string[] {
  const from = symbols.indexOf(symbol);
  if (from < 0) return symbols;
  const rest = removeSymbol(symbols, symbol);
  const to = Math.max(0, Math.min(rest.length, from + step));
  return [...rest.slice(0, to), symbol, ...rest.slice(to)];
}
