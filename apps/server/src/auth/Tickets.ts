import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "@trenddojo/brokers/domain";

const VALID_MS = 30_000;

/**
 * One-time proofs that a socket was opened by a page that could call the desk over HTTP: a foreign page can make a
 * browser open a socket with its cookie, but cannot read a ticket (ASVS 5.0 4.4.4). Kept as digests, in memory only.
 */
export class Tickets {
  readonly #clock: Clock;
  readonly #issued = new Map<string, { readonly sessionId: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** 32 random bytes, good once within 30 s and for this session only. */
  issue(sessionId: string): string {
    this.#forgetOld();
    const ticket = randomBytes(32).toString("base64url");
    this.#issued.set(digest(ticket), { sessionId, until: this.#clock.monotonic() + VALID_MS });
    return ticket;
  }

  /** Whether `ticket` is good for the session; it is used up by the question. */
  redeem(ticket: string, sessionId: string): boolean {
    const key = digest(ticket);
    const issued = this.#issued.get(key);
    this.#issued.delete(key);
    return issued !== undefined && issued.sessionId === sessionId && this.#clock.monotonic() < issued.until;
  }

  #forgetOld(): void {
    const now = this.#clock.monotonic();
    // Insertion order is order of expiry.
    for (const [key, { until }] of this.#issued) {
      if (now < until) break;
      this.#issued.delete(key);
    }
  }
}

function digest(ticket: string): string {
  return createHash("sha256").update(ticket).digest("base64");
}
