import type { VaultErrorCode } from "@trenddojo/brokers";
import type { credentials } from "@trenddojo/db";

export type ShownCredentials = credentials.ShownCredentials;

/** What the desk knows of the keys that are stored for a connection, beside the keys. */
export interface KeyFacts {
  /** `secretsSetAt`; null where they were not looked at yet too. */
  readonly setAt: number | null;
  /** Why the vault could not open them; null where it could, or was not asked yet. */
  readonly fault: VaultErrorCode | null;
}

export const NO_KEYS: KeyFacts = { setAt: null, fault: null };

/** When a person typed the secrets, epoch milliseconds; null where there are none, as of a broker that wants an address only. */
export function secretsSetAt({ hints, setAt }: ShownCredentials): number | null {
  return Object.keys(hints).length > 0 ? setAt : null;
}

/** Keys are to be replaced after this. */
const OLD_MS = 90 * 86_400_000;

/** @param now epoch milliseconds */
export function areKeysOld(setAt: number | null, now: number): boolean {
  return setAt !== null && now - setAt >= OLD_MS;
}
