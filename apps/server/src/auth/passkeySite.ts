import { isIP } from "node:net";
import { DeskError } from "../DeskError.ts";

/** What a passkey is bound to: the page's exact origin, and its host name (the RP ID), which is never a wider domain. */
export interface PasskeySite {
  readonly origin: string;
  readonly rpId: string;
}

/**
 * The site of a page of the desk. Browsers give passkeys to names that are reached by https, and to localhost.
 * @param origin the call's Origin header, which the desk has let in; null where it had none
 * @throws DeskError PASSKEYS_UNAVAILABLE, which says why
 */
export function passkeySite(origin: string | null): PasskeySite {
  if (origin === null || !URL.canParse(origin)) throw unavailable("Passkeys want a page of the desk in a browser.");
  const { protocol, hostname, port } = new URL(origin);
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) {
    const local = `http://localhost${port === "" ? "" : `:${port}`}`;
    const isHere = hostname === "[::1]" || hostname.startsWith("127.");
    const instead = isHere ? `open it as ${local}` : "give it a name, reached by https (PUBLIC_ORIGIN)";
    throw unavailable(`A passkey belongs to a name, and this desk is open as ${hostname}: ${instead}.`);
  }
  if (protocol !== "https:" && hostname !== "localhost")
    throw unavailable(`Browsers give passkeys to https only, and this desk is open as ${origin}.`);
  return { origin, rpId: hostname };
}

function unavailable(message: string): DeskError {
  return new DeskError("PASSKEYS_UNAVAILABLE", message);
}
