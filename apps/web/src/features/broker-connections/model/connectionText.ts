import type { Channel, ConnectionState } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";

type Tone = "good" | "busy" | "warn" | "quiet";

export const CONNECTION_STATE_TEXT = {
  connected: { label: "Connected", tone: "good" },
  connecting: { label: "Connecting", tone: "busy" },
  reconnecting: { label: "Reconnecting", tone: "warn" },
  degraded: { label: "Degraded", tone: "warn" },
  disconnected: { label: "Disconnected", tone: "quiet" },
} as const satisfies Record<ConnectionState, { label: string; tone: Tone }>;

export const CHANNEL_NAMES = {
  session: "Session",
  orders: "Order stream",
  data: "Prices",
  rest: "Requests",
} as const satisfies Record<Channel, string>;

export const CHANNEL_STATE_TEXT = {
  up: { label: "Heard", tone: "good" },
  mute: { label: "Mute", tone: "warn" },
  down: { label: "Down", tone: "warn" },
  unused: { label: "Not used", tone: "quiet" },
} as const satisfies Record<ConnectionView["status"]["channels"]["session"]["state"], { label: string; tone: Tone }>;

/** All connections in one line, the worst first: what the pill in the header says. */
export function summariseConnections(connections: readonly ConnectionView[]): {
  readonly label: string;
  readonly tone: Tone;
} {
  const wanted = connections.filter((connection) => connection.desired === "connected");
  if (wanted.length === 0) return { label: "Not connected", tone: "quiet" };
  const troubled = wanted.filter((connection) => !connection.status.isHealthy);
  const first = troubled[0];
  if (first === undefined)
    return { label: wanted.length === 1 ? "Connected" : `${wanted.length} connected`, tone: "good" };
  const { label, tone } = CONNECTION_STATE_TEXT[first.status.state];
  return {
    label: `${first.label}: ${first.status.state === "connected" ? "a channel is mute" : label.toLowerCase()}`,
    tone: tone === "good" ? "warn" : tone,
  };
}
