/**
 * Scrambles a 32-bit integer so that neighbours share no pattern (the finaliser of MurmurHash3 with the constants
 * of "lowbias32", https://github.com/skeeto/hash-prospector). Answers an unsigned 32-bit integer.
 */
export function mixBits(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
