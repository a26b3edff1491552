import { KnownAddresses } from "./KnownAddresses.ts";
import type { Draw, RateLimiter } from "./RateLimiter.ts";

/** One attempt to sign in, before its password is looked at. */
export interface Guess {
  /** It was right: it costs nothing, and its address is known from now on. */
  succeeded(): void;
}

/**
 * Holds back who guesses passwords, and not the person whose account it is (no lock-out, ASVS 5.0 6.3.1). Strangers
 * draw from a bucket of their address, from one of the account that all its strangers share, and from one of all
 * strangers: made-up names cost a hash each too, and those must not take the machine from the orders. An address that has
 * signed in to the account before draws from none of them. Together at most 30 guesses at one account are looked at in any
 * minute.
 */
export class GuessLimiter {
  readonly #limiter: RateLimiter;
  readonly #known = new KnownAddresses();

  constructor(limiter: RateLimiter) {
    this.#limiter = limiter;
  }

  /**
   * Takes nothing. @throws DeskError TOO_MANY_REQUESTS where nobody at this address could guess at any account just now
   */
  assertAny(address: string): void {
    this.#limiter.assertAny("signIn", address);
    if (!this.#known.hasAny(address)) this.#limiter.assertAny("signInStrangers", "all");
  }

  /** @param account the name, folded. @throws DeskError TOO_MANY_REQUESTS with the seconds until the next try */
  begin(account: string, address: string): Guess {
    const draws: readonly Draw[] = this.#known.has(account, address)
      ? [["signInKnown", account]]
      : [
          ["signInStranger", `${account} ${address}`],
          ["signInAccount", account],
          ["signInStrangers", "all"],
        ];
    this.#limiter.takeAll(draws);
    return {
      succeeded: () => {
        for (const [bucket, key] of draws) this.#limiter.giveBack(bucket, key);
        this.know(account, address);
      },
    };
  }

  /** The person of `account` is at `address`. */
  know(account: string, address: string): void {
    this.#known.remember(account, address);
  }
}
