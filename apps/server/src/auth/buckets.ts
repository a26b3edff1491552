/** A token bucket: `burst` calls at once, then `perSecond`. */
export interface Bucket {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * The rate limits of everything that can be called (ASVS 5.0 2.4.1). Each key (user or address) has its own; nothing
 * else draws from `cancel`, so that no traffic can hold back the way out of a position.
 */
export const BUCKETS = {
  read: { perSecond: 50, burst: 200 },
  write: { perSecond: 5, burst: 20 },
  order: { perSecond: 10, burst: 20 },
  cancel: { perSecond: 20, burst: 100 },
  /** The kill switch, for the same reason by itself. */
  halt: { perSecond: 2, burst: 20 },
  connect: { perSecond: 5 / 60, burst: 5 },
  /** Looking for a broker's program dials a few ports. */
  probe: { perSecond: 10 / 60, burst: 5 },
  /** A socket's whole set of streams comes back in one message. */
  subscribe: { perSecond: 10, burst: 200 },
  status: { perSecond: 5, burst: 60 },
  /** Per address, whatever the account. */
  signIn: { perSecond: 20 / 60, burst: 20 },
  /** The next four make up `GuessLimiter`: 30 in any minute at one account are its bursts and a minute's worth of refills. */
  signInStranger: { perSecond: 5 / 60, burst: 5 },
  signInAccount: { perSecond: 10 / 60, burst: 10 },
  signInStrangers: { perSecond: 1, burst: 20 },
  signInKnown: { perSecond: 5 / 60, burst: 5 },
  password: { perSecond: 5 / 60, burst: 5 },
  /** Wrong codes of a second factor, by person: of a million, 1,440 a day at the most. */
  secondFactor: { perSecond: 1 / 60, burst: 5 },
  /** Re-hashing the whole audit log. */
  verify: { perSecond: 5 / 60, burst: 5 },
  upgrade: { perSecond: 1, burst: 60 },
  /** Rows of the audit log about calls that a role or a token's scope does not cover, by person. */
  refusal: { perSecond: 1, burst: 60 },
} as const satisfies Record<string, Bucket>;
export type BucketName = keyof typeof BUCKETS;
