import type { Channel, ChannelHealth, ConnectionState, ConnectionStatus } from "../domain/connection.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { AlpacaLink } from "./AlpacaLink.ts";

const DOWN: ChannelHealth = { state: "down", lastEvidenceAt: null };

export interface HealthContext {
  readonly mode: "paper" | "live";
  readonly isConnecting: boolean;
  readonly error: ConnectionStatus["error"];
}

/** A connection's status but for `since`, from the evidence that there is. */
export function alpacaHealth(
  link: AlpacaLink | null,
  { mode, isConnecting, error }: HealthContext,
): Omit<ConnectionStatus, "since"> {
  if (link === null) {
    const state: ConnectionState = isConnecting ? "connecting" : "disconnected";
    const channels = { session: DOWN, orders: DOWN, data: DOWN, rest: DOWN };
    return { state, isConnected: false, isHealthy: false, mode, channels, error };
  }
  const { transport, requests, orderStream, dataStream } = link;
  const isRestDown = transport.failure !== null;
  const channels: Record<Channel, ChannelHealth> = {
    session: { state: transport.isUnauthorized ? "down" : "up", lastEvidenceAt: transport.answeredAt },
    orders: {
      state: !orderStream.isReady ? "down" : link.isCaughtUp ? "up" : "mute",
      lastEvidenceAt: orderStream.lastHeardAt,
    },
    data: { state: !dataStream.isReady ? "down" : link.isMute ? "mute" : "up", lastEvidenceAt: dataStream.lastHeardAt },
    rest: { state: isRestDown ? "down" : "up", lastEvidenceAt: transport.answeredAt },
  };
  const { unsubscribed } = link;
  const isHealthy = Object.values(channels).every(({ state }) => state === "up") && unsubscribed.length === 0;
  return {
    state: isHealthy ? "connected" : "degraded",
    isConnected: true,
    isHealthy,
    mode,
    channels,
    error: isHealthy ? null : faultOf(link),
    budget: requests.budget(),
    unsubscribed,
  };
}

function faultOf({
  transport,
  orderStream,
  dataStream,
  isCaughtUp,
  unsubscribed,
}: AlpacaLink): ConnectionStatus["error"] {
  if (transport.isUnauthorized) {
    return { code: BrokerErrorCode.AUTHENTICATION_FAILED, message: "Alpaca does not accept the keys any more" };
  }
  const error = transport.failure ?? orderStream.fault ?? dataStream.fault;
  if (error !== null) return { code: error.code, message: error.message };
  if (unsubscribed.length > 0) {
    const message = `Alpaca's price stream does not send ${unsubscribed.join(", ")}, although it was asked to`;
    return { code: BrokerErrorCode.NO_MARKET_DATA, message };
  }
  return isCaughtUp
    ? { code: BrokerErrorCode.CONNECTION_FAILED, message: "Alpaca's price stream is open and tells nothing" }
    : { code: BrokerErrorCode.CONNECTION_FAILED, message: "what happened to orders is being read again" };
}
