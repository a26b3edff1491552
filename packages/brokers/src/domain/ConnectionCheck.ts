/** How a check came out: `limited` can be connected, with less than a person may expect. */
export const CHECK_STATES = ["passed", "limited"] as const;

/** One thing that a broker's answers proved about an account, before its credentials were stored. */
export interface ConnectionCheck {
  /** Stable, and the same in all brokers: "credentials", "clock". */
  readonly name: string;
  /** "Account number". */
  readonly label: string;
  readonly state: (typeof CHECK_STATES)[number];
  /** What was found, in words; never a credential. */
  readonly value: string;
  /** What to do about it, of a limited one. */
  readonly fix?: string;
}

/** What a broker answered about the account that the credentials open. */
export interface AccountProof {
  /** The broker's own number of the account. */
  readonly accountId: string;
  /** In the order in which a person reads them. */
  readonly checks: readonly ConnectionCheck[];
}
