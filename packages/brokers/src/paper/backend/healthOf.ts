import type { ChannelHealth, ConnectionState, ConnectionStatus } from "../../domain/connection.ts";
import type { Mode } from "../../domain/Mode.ts";
import { muteAfterMs } from "../../feeds/muteAfterMs.ts";
import type { PaperBackendSession } from "./PaperBackendSession.ts";

const UNUSED: ChannelHealth = { state: "unused", lastEvidenceAt: null };
const DOWN: ChannelHealth = { state: "down", lastEvidenceAt: null };

export interface HealthInput {
  readonly mode: Mode;
  readonly session: PaperBackendSession | null;
  readonly isConnecting: boolean;
  /** When our clock last saw a tick; null before the first. */
  readonly lastTickAt: number | null;
  /** Since when, on our clock, a tick could have been heard. */
  readonly listeningSince: number;
  readonly error: ConnectionStatus["error"];
  /** Our clock. */
  readonly now: number;
}

/** A connection's status but for `since`, from the evidence that there is. */
export function healthOf({
  mode,
  session,
  isConnecting,
  lastTickAt,
  listeningSince,
  error,
  now,
}: HealthInput): Omit<ConnectionStatus, "since"> {
  if (session === null) {
    const state: ConnectionState = isConnecting ? "connecting" : "disconnected";
    const channels = { session: DOWN, orders: DOWN, data: DOWN, rest: UNUSED };
    return { state, isConnected: false, isHealthy: false, mode, channels, error };
  }
  const stored: ChannelHealth = { state: session.hasFailed ? "down" : "up", lastEvidenceAt: session.storedAt };
  const isMute = isFeedMute({ session, lastTickAt, listeningSince, now });
  const data: ChannelHealth = { state: isMute ? "mute" : "up", lastEvidenceAt: lastTickAt };
  const isHealthy = stored.state === "up" && data.state === "up";
  return {
    state: isHealthy ? "connected" : "degraded",
    isConnected: true,
    isHealthy,
    mode,
    channels: { session: stored, orders: stored, data, rest: UNUSED },
    error,
  };
}

/** The feed runs, its market is open, and nothing was heard for too long. */
export function isFeedMute({
  session,
  lastTickAt,
  listeningSince,
  now,
}: Pick<HealthInput, "lastTickAt" | "listeningSince" | "now"> & { readonly session: PaperBackendSession }): boolean {
  const silentForMs = now - Math.max(lastTickAt ?? listeningSince, listeningSince);
  const mayTick = session.feed.progress.state === "running" && session.marketSession().isOpen;
  return mayTick && silentForMs > muteAfterMs(session.feed);
}
