/**
 * The exchange's dice: an unsigned 32-bit number for each seed, event number and purpose, and always the same one, so that
 * an account goes on after a restart as it would have (PX102). The finaliser is "lowbias32",
 * https://github.com/skeeto/hash-prospector
 */
export function chance(seed: number, sequence: number, purpose: number): number {
  return scramble(scramble(scramble(seed) ^ sequence) ^ purpose);
}

/** What a number is drawn for, so that two draws for one event are not the same. */
export const CHANCE = { latencyIn: 1, latencyOut: 2, isPartial: 3, partialSize: 4 } as const;

function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
