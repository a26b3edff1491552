import type { Mode, UserId } from "@trenddojo/brokers/domain";
import { hash } from "node:crypto";
import type { AuditDetails } from "../schema/audit.ts";
import { canonicalJson } from "./canonicalJson.ts";

/** What a chain's first row has for the hash before it. */
export const GENESIS_HASH = "0".repeat(64);

/** All that a row's hash covers. */
export interface HashedEntry {
  readonly chain: string;
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly userId: UserId | null;
  readonly action: string;
  readonly subject: string | null;
  readonly mode: Mode | null;
  readonly message: string;
  readonly details: AuditDetails;
  readonly previousHash: string;
}

/** SHA-256 over a zero byte, the canonical JSON of the entry and the hash before it; 64 hexadecimal digits. */
export function auditHash(entry: HashedEntry): string {
  return hash("sha256", `\0${canonicalEntry(entry)}${entry.previousHash}`);
}

/** Its canonical JSON, with the keys written out in their order: to sort nine of them for each row takes longer than to hash it. */
function canonicalEntry({ action, at, chain, details, message, mode, sequence, subject, userId }: HashedEntry): string {
  const [act, name, told] = [canonicalJson(action), canonicalJson(chain), canonicalJson(message)];
  const [on, who] = [canonicalJson(subject), canonicalJson(userId)];
  return `{"action":${act},"at":${at},"chain":${name},"details":${canonicalJson(details)},"message":${told},"mode":${canonicalJson(mode)},"sequence":${sequence},"subject":${on},"userId":${who}}`;
}
