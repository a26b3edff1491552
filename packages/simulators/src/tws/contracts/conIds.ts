const FIRST = 1_000;
const COUNT = 700_000_000;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A number for each symbol that depends on nothing but the symbols: the same in every life of the simulator. */
export function conIdsOf(symbols: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const ids = new Map<string, number>();
  for (const symbol of symbols.toSorted()) {
    let id = FIRST + (hashOf(symbol) % COUNT);
    while (taken.has(id)) id += 1;
    taken.add(id);
    ids.set(symbol, id);
  }
  return ids;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME) >>> 0;
  }
  return hash;
}
