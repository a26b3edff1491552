import type { Clock } from "@trenddojo/brokers/domain";
import { DeskError } from "../DeskError.ts";
import { BUCKETS, type Bucket, type BucketName } from "./buckets.ts";

interface Level {
  tokens: number;
  /** Monotonic milliseconds. */
  at: number;
}

/** Keys remembered before the full ones are forgotten: an attacker who makes up names must not fill the memory. */
const MAX_KEYS = 20_000;

/** Token buckets by (bucket, key), refilled on the monotonic clock. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #levels = new Map<string, Level>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one token. @throws DeskError TOO_MANY_REQUESTS with the seconds until there is one again. */
  take(name: BucketName, key: string): void {
    const waitSeconds = this.tryTake(name, key);
    if (waitSeconds === 0) return;
    throw new DeskError("TOO_MANY_REQUESTS", `Too many requests; the next one can succeed in ${waitSeconds} s.`, {
      retryAfterSeconds: waitSeconds,
    });
  }

  /** Takes one token and answers 0, or answers the whole seconds until there is one. */
  tryTake(name: BucketName, key: string): number {
    const bucket = BUCKETS[name];
    const id = `${name} ${key}`;
    const now = this.#clock.monotonic();
    const tokens = this.#tokens(id, bucket, now);
    if (tokens < 1) return Math.max(1, Math.ceil((1 - tokens) / bucket.perSecond));
    if (this.#levels.size >= MAX_KEYS && !this.#levels.has(id)) this.#forgetFull(now);
    this.#levels.set(id, { tokens: tokens - 1, at: now });
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

  #forgetFull(now: number): void {
    for (const id of this.#levels.keys()) {
      const name = id.slice(0, id.indexOf(" "));
      const bucket = isBucket(name) ? BUCKETS[name] : undefined;
      if (bucket === undefined || this.#tokens(id, bucket, now) >= bucket.burst) this.#levels.delete(id);
    }
    // All of them in use at once: the oldest go, which forgives them, rather than refusing every newcomer.
    for (const id of this.#levels.keys()) {
      if (this.#levels.size < MAX_KEYS) break;
      this.#levels.delete(id);
    }
  }
}

function isBucket(name: string): name is BucketName {
  return Object.hasOwn(BUCKETS, name);
}
