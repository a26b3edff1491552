import { mixBits } from "../../random/mixBits.ts";

/** 32 bits that name a symbol's chance under a seed. */
export function keyOf(seed: number, symbol: string): number {
  let key = mixBits(seed) ^ mixBits(Math.floor(seed / 2 ** 32) + 1);
  for (const character of symbol) key = mixBits(key ^ (character.codePointAt(0) ?? 0));
  return mixBits(key);
}

/** From 0 to below 1: what chance says of a symbol's `purpose` at a place. */
export function drawAt(key: number, purpose: number, place: number): number {
  return mixBits(mixBits(key ^ Math.imul(purpose, 0x9e3779b1)) ^ Math.imul(place, 0xc2b2ae35)) / 2 ** 32;
}
