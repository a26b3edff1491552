import { z } from "zod";
import { instant } from "./common.ts";

const bytes = z.string().regex(/^[A-Za-z0-9_-]*$/, "is base64url");
/** 1023 bytes at the most (WebAuthn 4). */
const credentialId = bytes.min(1).max(1_364);
const transports = z.array(z.string().max(32)).max(16);
const descriptor = z.object({ type: z.literal("public-key"), id: z.string(), transports });

/** passkeys.list (query): one's own, oldest first. `site` is the host name that it works under; `lastUsedAt` null: never. */
export const passkey = z.object({
  id: credentialId,
  name: z.string(),
  site: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type PasskeyView = z.infer<typeof passkey>;

/** passkeys.beginRegistration (mutation, after a step-up): what the browser's `credentials.create` is asked, as JSON. */
export const passkeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.number() })),
  timeout: z.number(),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal("required"),
    requireResidentKey: z.literal(true),
    userVerification: z.literal("required"),
  }),
  attestation: z.literal("none"),
});
export type PasskeyCreation = z.infer<typeof passkeyCreation>;

/** passkeys.beginSignIn (mutation, public) and passkeys.beginStepUp (mutation): what `credentials.get` is asked, as JSON. */
export const passkeyRequest = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.number(),
  /** Of a sign-in none: the authenticator knows whose it is. */
  allowCredentials: z.array(descriptor),
  userVerification: z.literal("required"),
});
export type PasskeyRequest = z.infer<typeof passkeyRequest>;

/** What `credentials.create` answered, as JSON; browsers say more, which is left out. */
const passkeyAttestation = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: bytes.max(4_096),
    attestationObject: bytes.max(65_536),
    transports: transports.optional(),
  }),
});
export type PasskeyAttestation = z.infer<typeof passkeyAttestation>;

/** passkeys.register (mutation, after a step-up). */
export const registerPasskeyInput = z.strictObject({
  name: z.string().trim().min(1).max(40),
  attestation: passkeyAttestation,
});
/** With a person's first second factor come recovery codes, shown this once; otherwise there are none here. */
export const registeredPasskey = passkey.extend({ recoveryCodes: z.array(z.string()) });

/** What `credentials.get` answered, as JSON: auth.signInByPasskey (mutation, public; sets the cookie) and auth.stepUp. */
export const passkeyAssertion = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: bytes.max(4_096),
    authenticatorData: bytes.max(4_096),
    signature: bytes.max(2_048),
    userHandle: bytes.max(128).nullish(),
  }),
});
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>;
export const signInByPasskeyInput = z.strictObject({ assertion: passkeyAssertion });

/** passkeys.remove (mutation, after a step-up). */
export const removePasskeyInput = z.strictObject({ id: credentialId });
