/** Epoch milliseconds as the wire's ISO 8601 UTC string. */
export function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export function isoInstantOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoInstant(epochMs);
}
