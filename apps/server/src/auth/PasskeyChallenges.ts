import { randomBytes } from "node:crypto";
import type { Clock } from "@trenddojo/brokers/domain";

/** Within this a person has to touch the authenticator. */
export const CHALLENGE_MS = 60_000;
/** Kept at once before the oldest is forgotten: strangers must not fill the memory. */
const MAX_ISSUED = 10_000;

/** What an authenticator's answer is for: an answer to one is none to another. Of a session, all but signing in. */
export type PasskeyUse =
  | { readonly purpose: "sign_in" }
  | { readonly purpose: "register" | "step_up"; readonly sessionId: string };

/** One-time challenges for passkeys, each for one use and 60 s (WebAuthn 13.4.3). In memory only. */
export class PasskeyChallenges {
  readonly #clock: Clock;
  readonly #issued = new Map<string, { readonly key: string; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** 32 random bytes, base64url. */
  issue(use: PasskeyUse): string {
    this.#forgetOld();
    const challenge = randomBytes(32).toString("base64url");
    this.#issued.set(challenge, { key: keyOf(use), until: this.#clock.monotonic() + CHALLENGE_MS });
    return challenge;
  }

  /** Whether `challenge` is good for this use; it is used up by the question. */
  redeem(challenge: string, use: PasskeyUse): boolean {
    const issued = this.#issued.get(challenge);
    this.#issued.delete(challenge);
    return issued !== undefined && issued.key === keyOf(use) && this.#clock.monotonic() < issued.until;
  }

  #forgetOld(): void {
    const now = this.#clock.monotonic();
    // Insertion order is order of expiry.
    for (const [challenge, { until }] of this.#issued) {
      if (now < until && this.#issued.size < MAX_ISSUED) break;
      this.#issued.delete(challenge);
    }
  }
}

function keyOf(use: PasskeyUse): string {
  return use.purpose === "sign_in" ? use.purpose : `${use.purpose} ${use.sessionId}`;
}
