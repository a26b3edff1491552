import { CHANNELS } from "@trenddojo/brokers/domain";
import type { Channel } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";
import { formatAge } from "../../../lib/timeText.ts";

type Tone = "good" | "busy" | "warn" | "quiet";
type ChannelView = ConnectionView["status"]["channels"]["session"];

export const CONNECTION_STATE_TEXT = {
  connected: { label: "Connected", tone: "good" },
  connecting: { label: "Connecting", tone: "busy" },
  reconnecting: { label: "Reconnecting", tone: "warn" },
  degraded: { label: "Degraded", tone: "warn" },
  unreconciled: { label: "Unreconciled", tone: "warn" },
  disconnected: { label: "Disconnected", tone: "quiet" },
} as const satisfies Record<ConnectionView["status"]["state"], { label: string; tone: Tone }>;

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
} as const satisfies Record<ChannelView["state"], { label: string; tone: Tone }>;

/** How old a channel's evidence is, in words: "3 s ago", "silent for 20 s"; null where there is no such channel. */
export function evidenceText({ state, lastEvidenceAt }: ChannelView, now: number): string | null {
  if (state === "unused") return null;
  if (lastEvidenceAt === null) return "no evidence";
  const age = formatAge(now - Date.parse(lastEvidenceAt));
  return state === "mute" ? `silent for ${age}` : state === "down" ? `last heard ${age} ago` : `${age} ago`;
}

/** From the worst to the best, of connections that are meant to be up. */
const WORST_FIRST = ["disconnected", "reconnecting", "connecting", "unreconciled", "degraded", "connected"] as const;

/** All connections in one line, the worst of them: what the pill in the header says at an instant. */
export function summariseConnections(
  connections: readonly ConnectionView[],
  now: number,
): { readonly label: string; readonly tone: Tone } {
  const wanted = connections.filter(({ desired }) => desired === "connected");
  if (wanted.length === 0) return { label: "Not connected", tone: "quiet" };
  const troubled = wanted.filter(({ status }) => !status.isHealthy);
  const state = WORST_FIRST.find((each) => troubled.some(({ status }) => status.state === each));
  const alike = troubled.filter(({ status }) => status.state === state);
  const worst = alike[0];
  if (worst === undefined || state === undefined)
    return { label: wanted.length === 1 ? "Connected" : "All connected", tone: "good" };
  const { label, tone } = CONNECTION_STATE_TEXT[state];
  // Something that is wanted and is not there is never quiet.
  const shown = tone === "busy" ? "busy" : "warn";
  if (state === "connected" || state === "degraded")
    return { label: `${worst.label}: ${troubleOf(worst, now) ?? label.toLowerCase()}`, tone: shown };
  if (wanted.length === 1) return { label: `${worst.label}: ${label.toLowerCase()}`, tone: shown };
  return { label: `${alike.length} of ${wanted.length} ${label.toLowerCase()}`, tone: shown };
}

/** The first channel that is not heard: "prices silent for 20 s", "order stream down". */
function troubleOf({ status }: ConnectionView, now: number): string | undefined {
  const silent = CHANNELS.find((name) => ["mute", "down"].includes(status.channels[name].state));
  if (silent === undefined) return undefined;
  const channel = status.channels[silent];
  const name = CHANNEL_NAMES[silent].toLowerCase();
  return channel.state === "mute" && channel.lastEvidenceAt !== null
    ? `${name} ${evidenceText(channel, now) ?? ""}`
    : `${name} ${CHANNEL_STATE_TEXT[channel.state].label.toLowerCase()}`;
}
