/** Accounts remembered before the one that was quiet for longest is forgotten, and addresses of each. */
const MAX_ACCOUNTS = 10_000;
const MAX_ADDRESSES = 16;

/**
 * The network addresses that have signed in to each account: guesses from elsewhere cannot keep them out. Kept in
 * memory only; after a restart those of the sessions that are still there are known.
 */
export class KnownAddresses {
  readonly #byAccount = new Map<string, Set<string>>();

  /** `address` has just signed in to `account`. */
  remember(account: string, address: string): void {
    const addresses = this.#byAccount.get(account) ?? new Set();
    // Moved to the end, so that the first is the one that was quiet for longest.
    this.#byAccount.delete(account);
    addresses.delete(address);
    this.#byAccount.set(account, addresses.add(address));
    if (addresses.size > MAX_ADDRESSES) forgetFirst(addresses);
    if (this.#byAccount.size > MAX_ACCOUNTS) forgetFirst(this.#byAccount);
  }

  has(account: string, address: string): boolean {
    return this.#byAccount.get(account)?.has(address) === true;
  }
}

function forgetFirst(known: Set<string> | Map<string, unknown>): void {
  const [first] = known.keys();
  if (first !== undefined) known.delete(first);
}
