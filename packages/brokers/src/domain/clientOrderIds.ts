import { clientOrderId, type ClientOrderId } from "./ids.ts";
import type { Mode } from "./Mode.ts";
import type { Random } from "./Random.ts";

/** Crockford's base 32: nothing in it is mistaken for another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 130 bits: two never meet. */
const LENGTH = 26;

/** The letter of each mode, so that an id tells whose money it was meant for. */
const PREFIXES = { mock: "tdM-", paper: "tdP-", live: "tdL-" } as const satisfies Record<Mode, string>;

/** What every client order id of the mode begins with. */
export function prefixOfMode(mode: Mode): string {
  return PREFIXES[mode];
}

/** A new client order id: the mode's prefix and 26 characters of chance, 30 characters in all. */
export function mintClientOrderId(mode: Mode, random: Random): ClientOrderId {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(random.integer(ALPHABET.length)));
  return clientOrderId(PREFIXES[mode] + characters.join(""));
}
