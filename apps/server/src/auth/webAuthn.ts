import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from "@simplewebauthn/server/helpers";
import type { PasskeyRow } from "@trenddojo/db";
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from "../wire/passkeys.ts";
import type { Actor } from "./Actor.ts";
import { CHALLENGE_MS } from "./PasskeyChallenges.ts";
import type { PasskeySite } from "./passkeySite.ts";

/** ES256 and RS256 (COSE algorithms): together what every authenticator knows. */
const ALGORITHMS = [-7, -257];

type KnownPasskey = Pick<PasskeyRow, "id" | "rpId" | "transports">;

/** What was asked, and how its challenge is told: `redeem` uses it up. */
interface Asked {
  readonly site: PasskeySite;
  readonly redeem: (challenge: string) => boolean;
}

/** Why an answer was refused: to another question, or too late; or not what the key's holder would have signed. */
export type WebAuthnRefusal = "challenge" | "proof";

/** What `credentials.create` is asked for a passkey that knows its person and asks for a PIN, a finger or a face. */
export function creationOptions(
  site: PasskeySite,
  user: Actor["user"],
  challenge: string,
  held: readonly KnownPasskey[],
): PasskeyCreation {
  return {
    rp: { id: site.rpId, name: "TrendDojo" },
    user: { id: handleOf(user.id), name: user.username, displayName: user.username },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: CHALLENGE_MS,
    excludeCredentials: descriptorsAt(site, held),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
  };
}

/** What `credentials.get` is asked. @param held those that may answer; any passkey of the site where there are none */
export function requestOptions(
  site: PasskeySite,
  challenge: string,
  held: readonly KnownPasskey[] = [],
): PasskeyRequest {
  return {
    rpId: site.rpId,
    challenge,
    timeout: CHALLENGE_MS,
    allowCredentials: descriptorsAt(site, held),
    userVerification: "required",
  };
}

/** Reads the answer to `creationOptions` (WebAuthn 7.1). */
export function readAttestation(
  { site, redeem }: Asked,
  attestation: PasskeyAttestation,
): Promise<Pick<PasskeyRow, "id" | "publicKey" | "signCount"> | WebAuthnRefusal> {
  const { clientDataJSON, attestationObject } = attestation.response;
  return orRefusal(clientDataJSON, redeem, async (expectedChallenge) => {
    if (hasCertificates(attestationObject)) return null;
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...attestation, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (registrationInfo === undefined) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { id, publicKey: Buffer.from(publicKey).toString("base64url"), signCount: counter };
  });
}

/**
 * Reads the answer to `requestOptions` (WebAuthn 7.2). Whether the counter has grown is the store's to say: of two copies
 * that answer at once only one gets it.
 * @returns the authenticator's signature counter
 */
export function readAssertion(
  { site, redeem }: Asked,
  { id, userId, publicKey }: Pick<PasskeyRow, "id" | "userId" | "publicKey">,
  assertion: PasskeyAssertion,
): Promise<number | WebAuthnRefusal> {
  const { userHandle, ...response } = assertion.response;
  return orRefusal(response.clientDataJSON, redeem, async (expectedChallenge) => {
    if (typeof userHandle === "string" && userHandle !== handleOf(userId)) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, "base64url")), counter: 0 },
    });
    return verified ? authenticationInfo.newCounter : null;
  });
}

/** The library throws for each thing that is wrong; a person is told one sentence, and an attacker no more. */
async function orRefusal<Value>(
  clientDataJSON: string,
  redeem: (challenge: string) => boolean,
  read: (challenge: string) => Promise<Value | null>,
): Promise<Value | WebAuthnRefusal> {
  let isAnswer = false;
  try {
    const { challenge, crossOrigin } = decodeClientDataJSON(clientDataJSON);
    isAnswer = redeem(challenge);
    const value = isAnswer && crossOrigin !== true ? await read(challenge) : null;
    if (value !== null) return value;
  } catch {
    // Told below.
  }
  return isAnswer ? "proof" : "challenge";
}

/** Who made an authenticator is not asked, so that nobody's certificates, nor the addresses in them, are read. */
function hasCertificates(attestationObject: string): boolean {
  const object = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  return !["none", "packed"].includes(object.get("fmt")) || object.get("attStmt").get("x5c") !== undefined;
}

function descriptorsAt(site: PasskeySite, held: readonly KnownPasskey[]): PasskeyRequest["allowCredentials"] {
  return held
    .filter(({ rpId }) => rpId === site.rpId)
    .map(({ id, transports }) => ({ type: "public-key", id, transports }));
}

/** The person's id and nothing of them besides (WebAuthn 14.6.1). */
function handleOf(userId: string): string {
  return Buffer.from(userId).toString("base64url");
}
