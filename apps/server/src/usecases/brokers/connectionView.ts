import type { Channel, ConnectionStatus } from "@trenddojo/brokers/domain";
import type { ConnectionRow, CredentialHints } from "@trenddojo/db";
import type { Desk } from "../../Desk.ts";
import type { ConnectionView } from "../../wire/brokers.ts";
import { isoInstant, isoInstantOrNull } from "../../wire/encode.ts";

/** A connection as the wire shows it: its health as it is now, and of its secrets the last four characters. */
export function connectionView(desk: Desk, row: ConnectionRow, hints: CredentialHints): ConnectionView {
  return {
    id: row.id,
    broker: row.broker,
    brokerName: desk.registry.description(row.broker)?.name ?? row.broker,
    mode: row.mode,
    label: row.label,
    desired: row.desired,
    status: statusView(desk.connections.status(row)),
    credentialHints: hints,
    removable: !row.builtIn,
    createdAt: isoInstant(row.createdAt),
  };
}

function statusView(status: ConnectionStatus): ConnectionView["status"] {
  const { state, isConnected, isHealthy, since, error, channels } = status;
  const channel = (name: Channel) => ({
    state: channels[name].state,
    lastEvidenceAt: isoInstantOrNull(channels[name].lastEvidenceAt),
  });
  return {
    state,
    isConnected,
    isHealthy,
    since: isoInstant(since),
    error,
    channels: { session: channel("session"), orders: channel("orders"), data: channel("data"), rest: channel("rest") },
  };
}
