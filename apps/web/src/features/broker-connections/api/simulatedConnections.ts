import { useQuery } from "@tanstack/react-query";
import type { ConnectionView } from "@trenddojo/server/wire";
import { useConnectionsOptions } from "./listConnections.ts";

const NONE: ReadonlySet<string> = new Set();

/** The connections whose other end is a simulator, by id; none while it is not known. */
export function useSimulatedConnections(): ReadonlySet<string> {
  return useQuery({ ...useConnectionsOptions(), select: simulatedIds }).data ?? NONE;
}

function simulatedIds(connections: readonly ConnectionView[]): ReadonlySet<string> {
  return new Set(connections.filter(({ isSimulator }) => isSimulator).map(({ id }) => id));
}
