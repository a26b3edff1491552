import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";

type CreationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];
type RequestOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** The browser gave no answer: closed, too late, or it cannot. The message is one for the person. */
export class PasskeyDeclined extends Error {
  override readonly name = "PasskeyDeclined";
}

/** Has the browser make a passkey. @throws PasskeyDeclined */
export function makePasskey(optionsJSON: CreationOptions) {
  return orDeclined(startRegistration({ optionsJSON }));
}

/** Has the browser ask for a passkey. @throws PasskeyDeclined */
export function askPasskey(optionsJSON: RequestOptions) {
  return orDeclined(startAuthentication({ optionsJSON }));
}

async function orDeclined<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw new PasskeyDeclined(reasonOf(error), { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!browserSupportsWebAuthn())
    return "This browser has no passkeys at this address: open the desk by https, or as localhost.";
  // What the specification has it say where the authenticator holds one that was to be left out.
  if (error instanceof Error && error.name === "InvalidStateError")
    return "This device has a passkey of yours already.";
  return "The browser's question was closed, or not answered within 60 seconds. Nothing was changed.";
}
