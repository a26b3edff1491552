import type { Channel, ChannelHealth, ConnectionState, ConnectionStatus } from "../domain/connection.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { RequestScheduler } from "../rate-limit/RequestScheduler.ts";
import type { IBLink } from "./IBLink.ts";
import type { GatewayState } from "./session/GatewayState.ts";

const DOWN: ChannelHealth = { state: "down", lastEvidenceAt: null };
/** Everything goes over the one session. */
const NO_REST: ChannelHealth = { state: "unused", lastEvidenceAt: null };

export interface HealthContext {
  readonly mode: "paper" | "live";
  readonly isConnecting: boolean;
  readonly error: ConnectionStatus["error"];
  readonly scheduler: RequestScheduler;
}

/** A connection's status but for `since`, from the evidence that there is. */
export function ibHealth(
  link: IBLink | null,
  { mode, isConnecting, error, scheduler }: HealthContext,
): Omit<ConnectionStatus, "since"> {
  if (link === null) {
    const state: ConnectionState = isConnecting ? "connecting" : "disconnected";
    const channels = { session: DOWN, orders: DOWN, data: DOWN, rest: NO_REST };
    return { state, isConnected: false, isHealthy: false, mode, channels, error };
  }
  const { gateway, orders, market } = link;
  const isReady = gateway.state.kind === "ready";
  const { lastHeardAt } = gateway;
  const isMute = market.isMute || gateway.farms.brokenMarketData.length > 0;
  const channels: Record<Channel, ChannelHealth> = {
    session: { state: isReady ? "up" : "down", lastEvidenceAt: lastHeardAt },
    orders: { state: !isReady ? "down" : orders.isCaughtUp ? "up" : "mute", lastEvidenceAt: lastHeardAt },
    data: {
      state: !isReady ? "down" : isMute ? "mute" : "up",
      // What the session says is no proof of prices that do not come.
      lastEvidenceAt: market.lines.lastTickAt ?? (isMute ? null : lastHeardAt),
    },
    rest: NO_REST,
  };
  const { used, limit, missing } = market.lines;
  const isHealthy = isReady && orders.isCaughtUp && !isMute && missing.length === 0;
  return {
    state: isHealthy ? "connected" : isComingBack(gateway.state) ? "reconnecting" : "degraded",
    isConnected: true,
    isHealthy,
    mode,
    channels,
    error: isHealthy ? null : faultOf(link),
    budget: [{ host: "gateway", ...scheduler.status() }],
    unsubscribed: isReady ? missing : [],
    quoteLines: { used, limit },
  };
}

/** Between two sessions; the gateway is tried again by itself. */
const isComingBack = ({ kind }: GatewayState): boolean => kind === "waiting" || kind === "connecting";

function faultOf({ gateway, orders, market }: IBLink): NonNullable<ConnectionStatus["error"]> {
  const { state, farms } = gateway;
  if ("fault" in state && state.fault !== null) return { code: state.fault.code, message: state.fault.message };
  const code = BrokerErrorCode.CONNECTION_FAILED;
  if (state.kind !== "ready") return { code, message: "Interactive Brokers: there is no session with the gateway" };
  if (!orders.isCaughtUp) return { code, message: "Interactive Brokers: what happened to orders is being read again" };
  const broken = farms.brokenMarketData;
  if (broken.length > 0) {
    return { code, message: `Interactive Brokers: its data farms do not answer (${broken.join(", ")})` };
  }
  const { used, limit, missing, fault } = market.lines;
  if (market.isMute) {
    const message = `Interactive Brokers: the prices of ${used} symbols are subscribed and none comes; they were asked for again`;
    return { code, message };
  }
  const count = `${missing.length} symbols have no prices; ${used} of ${limit} market data lines are in use`;
  return { code: fault?.code ?? code, message: fault?.message ?? `Interactive Brokers: ${count}` };
}
