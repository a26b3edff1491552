import { isIP } from "node:net";

/**
 * Which pages may change something here or open a socket: scheme, host and port must match exactly. With
 * `PUBLIC_ORIGIN` only those; without, the page's own origin must be the address that it was asked for under, and that
 * must be a number or localhost: a name that an attacker points here (DNS rebinding) never is.
 */
export class OriginPolicy {
  readonly #allowed: ReadonlySet<string> | null;

  constructor(publicOrigins: readonly string[] | undefined) {
    this.#allowed = publicOrigins === undefined ? null : new Set(publicOrigins);
  }

  /** Every page comes by https. */
  get isSecure(): boolean {
    return this.#allowed !== null && [...this.#allowed].every((origin) => origin.startsWith("https://"));
  }

  /** Where a page of this desk may open its socket, for the content security policy. */
  get socketSources(): readonly string[] {
    return [...(this.#allowed ?? [])].map((origin) => origin.replace(/^http/, "ws"));
  }

  /** @param host the Host header. A request without an Origin is not from a page of ours. */
  allows(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || host === undefined) return false;
    if (this.#allowed !== null) return this.#allowed.has(origin);
    if (origin !== `http://${host}` || !URL.canParse(origin)) return false;
    const { hostname } = new URL(origin);
    return hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
  }
}
