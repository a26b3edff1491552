import type { UserId } from "@trenddojo/brokers/domain";
import { secondFactors, type Tx } from "@trenddojo/db";
import { digestOfRecoveryCode, newRecoveryCodes } from "../../auth/recoveryCodes.ts";
import { hasSecondFactor } from "./hasSecondFactor.ts";

/** New recovery codes in place of those before. @returns them, to be shown this once */
export async function giveRecoveryCodes(tx: Tx, userId: UserId): Promise<readonly string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map(digestOfRecoveryCode).filter((hash) => hash !== null);
  await secondFactors.setRecoveryCodes(tx, userId, hashes);
  return codes;
}

/** With a person's last second factor its recovery codes go: the next one comes with new ones. */
export async function dropSpareCodes(tx: Tx, userId: UserId): Promise<void> {
  if (!(await hasSecondFactor(tx, userId))) await secondFactors.setRecoveryCodes(tx, userId, []);
}
