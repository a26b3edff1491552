import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock, UserId } from "@trenddojo/brokers/domain";

/** A price moves; what was looked at longer ago is looked at again. */
const VALID_MS = 60_000;

export interface PreviewToken {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly validUntil: number;
}

/**
 * Binds an order to the preview that its user has seen: the instant, and an HMAC-SHA-256 of it with the user and the
 * order's request hash. The key lives in memory, so a restart outdates every preview and nothing else.
 */
export class PreviewTokens {
  readonly #clock: Clock;
  readonly #key = randomBytes(32);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(userId: UserId, requestHash: string): PreviewToken {
    const at = this.#clock.now();
    return { token: `${at}.${this.#sign(userId, requestHash, at).toString("base64url")}`, validUntil: at + VALID_MS };
  }

  /** `other`: given for another order, to another user, by another start of the desk, or not by it at all. */
  check(token: string, userId: UserId, requestHash: string): "good" | "old" | "other" {
    const [instant = "", signature = ""] = token.split(".");
    const at = Number(instant);
    if (!/^\d{1,15}$/.test(instant)) return "other";
    const given = Buffer.from(signature, "base64url");
    const wanted = this.#sign(userId, requestHash, at);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return "other";
    return this.#clock.now() < at + VALID_MS ? "good" : "old";
  }

  #sign(userId: UserId, requestHash: string, at: number): Buffer {
    return createHmac("sha256", this.#key)
      .update(JSON.stringify([userId, requestHash, at]))
      .digest();
  }
}
