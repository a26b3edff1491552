import type { BrokerErrorCode } from "./errorCode.ts";
import type { Mode } from "./Mode.ts";

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

export interface ConnectionStatus {
  readonly state: ConnectionState;
  readonly isConnected: boolean;
  /** Connected, and every used channel is up. */
  readonly isHealthy: boolean;
  readonly mode: Mode;
  readonly channels: Readonly<Record<Channel, ChannelHealth>>;
  /** When `state` last changed, epoch milliseconds. */
  readonly since: number;
  readonly error: { readonly code: BrokerErrorCode; readonly message: string } | null;
}
