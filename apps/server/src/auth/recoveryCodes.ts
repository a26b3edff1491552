import { randomBytes } from "node:crypto";
import { digestOf } from "./secretTokens.ts";

/** No letter that is read as another (Crockford's base32). */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const COUNT = 10;
const GROUPS = 4;

/** Ten codes of 80 random bits each, in four groups: shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => Array.from({ length: GROUPS }, group).join("-"));
}

/** What is kept of a code; blanks, dashes and case do not count. Null for what cannot be one. */
export function digestOfRecoveryCode(typed: string): string | null {
  const code = typed.toLowerCase().replaceAll(/[\s-]/g, "");
  return code.length === GROUPS * 4 ? digestOf(`recovery ${code}`) : null;
}

function group(): string {
  return [...randomBytes(4)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}
