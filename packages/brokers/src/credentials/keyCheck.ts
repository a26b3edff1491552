import { createHmac } from "node:crypto";
import type { KeyEncryptionKey } from "./KeyRing.ts";

/** Tells this key from any other of its version, and says nothing else about it: 64 hexadecimal digits, safe to store. */
export function keyCheck({ version, key }: KeyEncryptionKey): string {
  return createHmac("sha256", key).update(`trenddojo-key check ${version}`).digest("hex");
}
