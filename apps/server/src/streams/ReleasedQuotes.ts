/** Long enough for a browser that lost its socket to be back, and short enough that a broker's line is soon free. */
const KEPT_MS = 15_000;
/** As many of one connection as a list may hold. */
const MOST_OF_A_CONNECTION = 500;

/**
 * Quotes that nobody reads any more and that are kept a while, subscribed upstream, for readers who come back after a cut:
 * their snapshot is whole at once. What is kept never makes a connection's subscriptions more than its readers had asked
 * for: each new symbol takes the place of the one that was released first.
 */
export class ReleasedQuotes {
  /** When each key was released, by the monotonic clock; of each connection, oldest first. */
  readonly #released = new Map<string, Map<string, number>>();

  /** Keeps a key. @returns the one that has to go for it, where there are too many. */
  add(connectionId: string, key: string, now: number): string | undefined {
    const keys = this.#released.get(connectionId) ?? new Map<string, number>();
    this.#released.set(connectionId, keys.set(key, now));
    return keys.size > MOST_OF_A_CONNECTION ? this.takeOldest(connectionId) : undefined;
  }

  /** Somebody reads it again. */
  delete(connectionId: string, key: string): void {
    const keys = this.#released.get(connectionId);
    if (keys?.delete(key) === true && keys.size === 0) this.#released.delete(connectionId);
  }

  /** @returns the key of this connection that was released first, which is kept no longer. */
  takeOldest(connectionId: string): string | undefined {
    const oldest = this.#released.get(connectionId)?.keys().next().value;
    if (oldest !== undefined) this.delete(connectionId, oldest);
    return oldest;
  }

  /** @returns the keys that were kept long enough, and are kept no longer. */
  takeExpired(now: number): readonly string[] {
    const expired: string[] = [];
    for (const [connectionId, keys] of this.#released) {
      for (const [key, at] of keys) {
        if (now - at < KEPT_MS) break;
        expired.push(key);
        this.delete(connectionId, key);
      }
    }
    return expired;
  }

  clear(): void {
    this.#released.clear();
  }
}
