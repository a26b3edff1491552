import type { Mode, UserId } from "@trenddojo/brokers/domain";
import { createHash } from "node:crypto";
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
export function auditHash({ previousHash, ...entry }: HashedEntry): string {
  const { chain, sequence, at, userId, action, subject, mode, message, details } = entry;
  const text = canonicalJson({ chain, sequence, at, userId, action, subject, mode, message, details });
  return createHash("sha256").update(Uint8Array.of(0)).update(text).update(previousHash).digest("hex");
}
