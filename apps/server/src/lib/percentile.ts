/** The smallest value that is not below that part of all; 0 of none. @param sorted ascending @param part from 0 to 1 */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
