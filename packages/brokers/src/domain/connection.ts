import type { BrokerErrorCode } from "./errorCode.ts";
import type { Mode } from "./Mode.ts";
import type { Urgency } from "./Urgency.ts";

export const CONNECTION_STATES = ["disconnected", "connecting", "connected", "degraded", "reconnecting"] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** The ways in which a broker is heard. */
export const CHANNELS = ["session", "orders", "data", "rest"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Health is evidence with an age, not a flag. */
export interface ChannelHealth {
  /** `mute`: connected, but nothing was heard for longer than the channel allows. `unused`: this broker has no such channel. */
  readonly state: "up" | "mute" | "down" | "unused";
  /** Last proof of life, epoch milliseconds of our clock; null when there never was one. */
  readonly lastEvidenceAt: number | null;
}

/** What is left of the requests that a broker allows, and who waits for one. */
export interface RequestBudgetStatus {
  /** Requests in a window, as the broker told it last. */
  readonly limit: number;
  readonly windowMs: number;
  /** Of the limit, what the desk spends at most. */
  readonly spendable: number;
  /** What may go at once, the reserve included. */
  readonly remaining: number;
  /** Of what is spendable, what is kept for cancels and for orders that make a risk smaller. */
  readonly reserved: number;
  /** When all of it is there again if nothing is sent until then, epoch milliseconds of our clock. */
  readonly resetAt: number;
  /** Requests that wait. */
  readonly queued: Readonly<Record<Urgency, number>>;
  /** How long the oldest of them has waited, milliseconds; 0 where none does. */
  readonly waitingMs: Readonly<Record<Urgency, number>>;
  /** The longest wait of those that were sent in this window or the one before, milliseconds. */
  readonly longestWaitMs: Readonly<Record<Urgency, number>>;
}

/** The budget of one of a broker's hosts: "trading", "data". */
export interface HostBudget extends RequestBudgetStatus {
  readonly host: string;
}

/** Symbols whose prices stream at once; some brokers count them. */
export interface QuoteLines {
  readonly used: number;
  /** As far as is known. */
  readonly limit: number;
}

export interface ConnectionStatus {
  readonly state: ConnectionState;
  readonly isConnected: boolean;
  /** Connected, every used channel is up, and nothing that was subscribed to is missing. */
  readonly isHealthy: boolean;
  readonly mode: Mode;
  readonly channels: Readonly<Record<Channel, ChannelHealth>>;
  /** When `state` last changed, epoch milliseconds. */
  readonly since: number;
  readonly error: { readonly code: BrokerErrorCode; readonly message: string } | null;
  /** Absent where the broker counts no requests, and while there is no connection. */
  readonly budget?: readonly HostBudget[];
  /**
   * Symbols whose prices were asked for and that the broker, by its own list, does not send: after a reconnect what is
   * subscribed to is compared with what was. Absent where the broker says nothing of it.
   */
  readonly unsubscribed?: readonly string[];
  /** Absent where the broker counts none, and while there is no connection. */
  readonly quoteLines?: QuoteLines;
}
