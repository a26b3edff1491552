import type { Clock } from "@trenddojo/brokers/domain";
import { DeskError } from "../DeskError.ts";
import { BUCKETS, type Bucket, type BucketName } from "./buckets.ts";

interface Level {
  tokens: number;
  /** Monotonic milliseconds. */
  at: number;
}

/** One token to take: of which bucket, and whose. */
export type Draw = readonly [name: BucketName, key: string];

/** Keys remembered before the quietest is forgotten: an attacker who makes up names must not fill the memory. */
const MAX_KEYS = 20_000;

/** Token buckets by (bucket, key), refilled on the monotonic clock. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #buckets: Readonly<Record<BucketName, Bucket>>;
  readonly #levels = new Map<string, Level>();

  constructor(clock: Clock, buckets: Readonly<Record<BucketName, Bucket>> = BUCKETS) {
    this.#clock = clock;
    this.#buckets = buckets;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#levels.size;
  }

  /** Takes one token. @throws DeskError TOO_MANY_REQUESTS with the seconds until there is one again. */
  take(name: BucketName, key: string): void {
    this.takeAll([[name, key]]);
  }

  /** Takes nothing. @throws DeskError TOO_MANY_REQUESTS where there is no token to take */
  assertAny(name: BucketName, key: string): void {
    this.take(name, key);
    this.giveBack(name, key);
  }

  /** Takes one token of each, or none. @throws DeskError TOO_MANY_REQUESTS */
  takeAll(draws: readonly Draw[]): void {
    let waitSeconds = 0;
    const taken = draws.filter(([name, key]) => {
      const wait = this.tryTake(name, key);
      waitSeconds = Math.max(waitSeconds, wait);
      return wait === 0;
    });
    if (waitSeconds === 0) return;
    for (const [name, key] of taken) this.giveBack(name, key);
    throw new DeskError("TOO_MANY_REQUESTS", `Too many requests; the next one can succeed in ${waitSeconds} s.`, {
      retryAfterSeconds: waitSeconds,
    });
  }

  /** Takes one token and answers 0, or answers the whole seconds until there is one. */
  tryTake(name: BucketName, key: string): number {
    const bucket = this.#buckets[name];
    const id = `${name} ${key}`;
    const now = this.#clock.monotonic();
    const tokens = this.#tokens(id, bucket, now);
    if (tokens < 1) return Math.max(1, Math.ceil((1 - tokens) / bucket.perSecond));
    // Moved to the end, so that the first key is the one that was quiet for longest, and full again most likely.
    this.#levels.delete(id);
    this.#levels.set(id, { tokens: tokens - 1, at: now });
    if (this.#levels.size > MAX_KEYS) this.#forgetOldest();
    return 0;
  }

  /** Undoes one `take`: what turned out to be no guess. */
  giveBack(name: BucketName, key: string): void {
    const level = this.#levels.get(`${name} ${key}`);
    if (level !== undefined) level.tokens += 1;
  }

  #tokens(id: string, bucket: Bucket, now: number): number {
    const level = this.#levels.get(id);
    if (level === undefined) return bucket.burst;
    return Math.min(bucket.burst, level.tokens + ((now - level.at) / 1000) * bucket.perSecond);
  }

  #forgetOldest(): void {
    const [oldest] = this.#levels.keys();
    if (oldest !== undefined) this.#levels.delete(oldest);
  }
}
