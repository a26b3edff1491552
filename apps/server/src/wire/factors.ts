import { z } from "zod";
import { passkeyAssertion } from "./passkeys.ts";

/** A code of the app (six digits) or a recovery code. */
export const secondFactorCode = z.string().trim().min(6).max(32);

/** auth.stepUp (mutation): a passkey's answer or a code of who has a second factor, otherwise the password. */
export const stepUpInput = z.strictObject({
  password: z.string().min(1).max(256).optional(),
  code: secondFactorCode.optional(),
  passkey: passkeyAssertion.optional(),
});
/** factors.read (query): what the person has beside the password, and the recovery codes that are left. */
export const factors = z.object({ app: z.boolean(), passkeys: z.number().int(), recoveryCodes: z.number().int() });
export type FactorsView = z.infer<typeof factors>;
/** factors.beginTotp (mutation, after a step-up): the app's key, to type or (`address`) to scan. */
export const totpEnrolment = z.object({ secret: z.string(), address: z.string() });
export type TotpEnrolment = z.infer<typeof totpEnrolment>;
/** factors.confirmTotp (mutation): answers the recovery codes, once. */
export const confirmTotpInput = z.strictObject({ code: secondFactorCode });
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
