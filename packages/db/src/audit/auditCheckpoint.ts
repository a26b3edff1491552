import { createHash } from "node:crypto";
import { canonicalJson } from "./canonicalJson.ts";

/** Where one chain ended. */
export interface ChainHead {
  readonly chain: string;
  readonly sequence: number;
  readonly hash: string;
}

/** All that a checkpoint's signature covers. */
export interface AuditCheckpointBody {
  /** From 1, without gaps. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the chains that grew since the checkpoint before. */
  readonly heads: readonly ChainHead[];
  /** `checkpointHash` of the one before, 64 zeros for the first. */
  readonly previousHash: string;
  /** The SHA-256 of the public key (SPKI, DER), hexadecimal. */
  readonly keyId: string;
}

export interface AuditCheckpoint extends AuditCheckpointBody {
  /** Ed25519 over `checkpointText`, base64. */
  readonly signature: string;
}

/** What is signed: the canonical JSON of the body. */
export function checkpointText({ number, at, heads, previousHash, keyId }: AuditCheckpointBody): string {
  return canonicalJson({ number, at, heads, previousHash, keyId });
}

/** SHA-256 over a one byte and `checkpointText`; 64 hexadecimal digits. No audit row's hash begins so. */
export function checkpointHash(body: AuditCheckpointBody): string {
  return createHash("sha256").update(Uint8Array.of(1)).update(checkpointText(body)).digest("hex");
}
