import type { Bar } from "../domain/marketData.ts";

/** Earlier bars and later ones as one series; where the last of the one and the first of the other are the same bar, they are made one. */
export function joinBars(earlier: readonly Bar[], later: readonly Bar[]): readonly Bar[] {
  const left = earlier.at(-1);
  const right = later[0];
  if (left === undefined || right === undefined || left.openedAt !== right.openedAt) return [...earlier, ...later];
  const joined: Bar = {
    openedAt: left.openedAt,
    open: left.open,
    high: Math.max(left.high, right.high),
    low: Math.min(left.low, right.low),
    close: right.close,
    volume: left.volume + right.volume,
  };
  return [...earlier.slice(0, -1), joined, ...later.slice(1)];
}
