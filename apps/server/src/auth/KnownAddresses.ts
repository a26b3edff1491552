/** Accounts remembered before the one that was quiet for longest is forgotten, and addresses of each. */
const MAX_ACCOUNTS = 10_000;
const MAX_ADDRESSES = 16;

/**
 * The network addresses that have signed in to each account: guesses from elsewhere cannot keep them out. Kept in
 * memory only; after a restart those of the sessions that are still there are known.
 */
export class KnownAddresses {
  readonly #byAccount = new Map<string, Set<string>>();
  /** How many accounts each address is known to. */
  readonly #accounts = new Map<string, number>();

  /** `address` has just signed in to `account`. */
  remember(account: string, address: string): void {
    const addresses = this.#byAccount.get(account) ?? new Set();
    // Moved to the end, so that the first is the one that was quiet for longest.
    this.#byAccount.delete(account);
    if (!addresses.delete(address)) this.#count(address, 1);
    this.#byAccount.set(account, addresses.add(address));
    const [quietest] = addresses;
    if (addresses.size > MAX_ADDRESSES && quietest !== undefined) {
      addresses.delete(quietest);
      this.#count(quietest, -1);
    }
    if (this.#byAccount.size > MAX_ACCOUNTS) this.#forgetQuietest();
  }

  has(account: string, address: string): boolean {
    return this.#byAccount.get(account)?.has(address) === true;
  }

  /** Whether any account was signed in to from `address`. */
  hasAny(address: string): boolean {
    return this.#accounts.has(address);
  }

  #forgetQuietest(): void {
    const [quietest] = this.#byAccount;
    if (quietest === undefined) return;
    const [account, addresses] = quietest;
    this.#byAccount.delete(account);
    for (const address of addresses) this.#count(address, -1);
  }

  #count(address: string, change: 1 | -1): void {
    const count = (this.#accounts.get(address) ?? 0) + change;
    if (count === 0) this.#accounts.delete(address);
    else this.#accounts.set(address, count);
  }
}
