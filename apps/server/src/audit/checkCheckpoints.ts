import { verify } from "node:crypto";
import { checkpointHash, checkpointText, GENESIS_HASH, type AuditCheckpoint } from "@trenddojo/db";
import type { PublicKeys } from "./SigningKey.ts";

/**
 * What is wrong with the first of these checkpoints that is not as it was signed, in place and in order; null where all
 * are. @param where what they were read from, for the sentence
 */
export function checkCheckpoints(
  where: string,
  checkpoints: readonly AuditCheckpoint[],
  keys: PublicKeys,
): string | null {
  let previousHash = GENESIS_HASH;
  for (const [index, each] of checkpoints.entries()) {
    const name = `checkpoint ${index + 1} of ${where}`;
    if (each.number !== index + 1) return `${name} is missing`;
    if (each.previousHash !== previousHash) return `${name} does not follow the one before it`;
    const key = keys.get(each.keyId);
    if (key === undefined) return `${name} was signed by a key whose public half is not here (${each.keyId})`;
    const isSigned = verify(null, Buffer.from(checkpointText(each)), key, Buffer.from(each.signature, "base64"));
    if (!isSigned) return `${name} is not as it was signed`;
    previousHash = checkpointHash(each);
  }
  return null;
}
