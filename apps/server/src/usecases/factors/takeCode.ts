import type { UserId } from "@trenddojo/brokers/domain";
import { secondFactors } from "@trenddojo/db";
import { digestOfRecoveryCode } from "../../auth/recoveryCodes.ts";
import { stepOfCode } from "../../auth/totp.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { hasApp } from "./hasSecondFactor.ts";
import { openTotp } from "./sealTotp.ts";

/**
 * Uses up a code of the person's app or one of the recovery codes; a step's code is taken once only. Call it outside a
 * transaction: the vault reads its key. @throws DeskError BAD_CREDENTIALS, TOO_MANY_REQUESTS
 */
export async function takeCode(desk: Desk, userId: UserId, code: string): Promise<"app" | "recovery"> {
  desk.rateLimiter.take("secondFactor", userId);
  const isOfApp = (await hasApp(desk.db, userId)) && (await takeAppCode(desk, userId, code));
  const kind = isOfApp ? "app" : await takeRecoveryCode(desk, userId, code);
  if (kind === null) {
    throw new DeskError("BAD_CREDENTIALS", "The code is wrong, too old, or was used before.", {
      issues: [
        { code: "BAD_CREDENTIALS", field: "code", message: "is wrong, too old, or was used before", params: {} },
      ],
    });
  }
  desk.rateLimiter.giveBack("secondFactor", userId);
  return kind;
}

/** Of a factor that is enrolled or on its way. */
export async function takeAppCode(desk: Desk, userId: UserId, code: string): Promise<boolean> {
  const factor = await secondFactors.findTotp(desk.db, userId);
  if (factor === null) return false;
  const step = stepOfCode(await openTotp(desk.vault, factor), code.replaceAll(/\s/g, ""), desk.clock.now());
  if (step === null) return false;
  if (await secondFactors.takeStep(desk.db, { userId, version: factor.version, step })) return true;
  // A rotation of keys may have sealed the secret anew meanwhile: the code is as good as before.
  const now = await secondFactors.findTotp(desk.db, userId);
  return now !== null && now.version !== factor.version && takeAppCode(desk, userId, code);
}

async function takeRecoveryCode(desk: Desk, userId: UserId, code: string): Promise<"recovery" | null> {
  const codeHash = digestOfRecoveryCode(code);
  if (codeHash === null) return null;
  const taken = await secondFactors.takeRecoveryCode(desk.db, { userId, codeHash, at: desk.clock.now() });
  return taken ? "recovery" : null;
}
