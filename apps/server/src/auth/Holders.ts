import type { UserId } from "@trenddojo/brokers/domain";

/** Secrets whose holder is remembered, before the one that was quiet for longest is forgotten. */
const MAX_HOLDERS = 10_000;

/**
 * Whose a secret was when it last opened anything, by its digest. It proves nothing: it is for what a call may be refused
 * by before the store is asked.
 */
export class Holders {
  readonly #byDigest = new Map<string, UserId>();

  remember(digest: string, holder: UserId): void {
    this.#byDigest.delete(digest);
    this.#byDigest.set(digest, holder);
    if (this.#byDigest.size <= MAX_HOLDERS) return;
    const [oldest] = this.#byDigest.keys();
    if (oldest !== undefined) this.#byDigest.delete(oldest);
  }

  /** It opens nothing any more. */
  forget(digest: string): void {
    this.#byDigest.delete(digest);
  }

  of(digest: string): UserId | null {
    return this.#byDigest.get(digest) ?? null;
  }
}
