import { SeededRandom } from "@trenddojo/brokers";
import type { Random } from "@trenddojo/brokers/domain";

const HEX = "0123456789abcdef";
/** Crockford's base 32, of which ULIDs are made. */
const BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => HEX.charAt(random.integer(16)));
  digits[12] = "4";
  digits[16] = HEX.charAt(8 + random.integer(4));
  const text = digits.join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

/** A ULID: ten characters of time, sixteen of chance. */
export function ulid(epochMs: number, random: Random): string {
  let time = "";
  for (let left = Math.floor(epochMs); time.length < 10; left = Math.floor(left / 32))
    time = BASE_32.charAt(left % 32) + time;
  return time + Array.from({ length: 16 }, () => BASE_32.charAt(random.integer(32))).join("");
}

/** A symbol's asset id: the same in every simulator. */
export function assetId(symbol: string): string {
  let hash = 7;
  for (const character of symbol) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % Number.MAX_SAFE_INTEGER;
  return uuid(new SeededRandom(hash));
}
