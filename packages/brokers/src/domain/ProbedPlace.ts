import type { BrokerErrorCode } from "./errorCode.ts";

/** Somewhere where a program of the broker may answer, and what was found there. */
export interface ProbedPlace {
  /** "127.0.0.1:4002" */
  readonly address: string;
  /** What answers there as it is installed: "IB Gateway, paper". It proves nothing. */
  readonly usual: string;
  /** What it is logged in to; none where nothing useful answered. */
  readonly accounts: readonly ProbedAccount[];
  /** By the accounts; null where nothing answered, or they are of both kinds. */
  readonly mode: "paper" | "live" | null;
  /** Why there are no accounts and what to do; null where there are. */
  readonly fault: { readonly code: BrokerErrorCode; readonly message: string } | null;
}

export interface ProbedAccount {
  /** The broker's own number of it. */
  readonly id: string;
  /** What the form that connects it is to be filled in with. */
  readonly credentials: Readonly<Record<string, string>>;
}
