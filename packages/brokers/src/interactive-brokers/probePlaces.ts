import type { CallOptions } from "../BrokerClient.ts";
import type { PlacesRequest } from "../BrokerRegistry.ts";
import type { BrokerDeps } from "../deps.ts";
import type { ProbedPlace } from "../domain/ProbedPlace.ts";
import { readIBCredentials } from "./ibCredentials.ts";
import { LIVE_PORTS, PAPER_PORTS, type GatewayPort } from "./session/gatewayPorts.ts";
import { probeGateways, type ProbedGateway } from "./session/probeGateways.ts";

const TYPED = "the port that you gave";

/**
 * Where gateways answer on a host, and what the form is to be filled in with for each of their accounts. Of the form the host
 * counts, and a port of one's own is tried too.
 * @throws BrokerError AUTHENTICATION_FAILED for a host or a port that is none
 */
export async function probePlaces(
  { credentials, isLiveAllowed }: Omit<PlacesRequest, "broker">,
  deps: BrokerDeps,
  options: CallOptions = {},
): Promise<readonly ProbedPlace[]> {
  const { host, port } = readIBCredentials(credentials, "paper").gateway;
  const usual: readonly GatewayPort[] = isLiveAllowed ? [...PAPER_PORTS, ...LIVE_PORTS] : PAPER_PORTS;
  const isOwn = [...PAPER_PORTS, ...LIVE_PORTS].every((each) => each.port !== port);
  const ports = isOwn ? [{ port, usual: TYPED }, ...usual] : usual;
  return (await probeGateways({ host, isLiveAllowed, ports }, deps, options)).map(toPlace);
}

function toPlace(probed: ProbedGateway): ProbedPlace {
  const { host, port, usual } = probed;
  const place = { address: host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`, usual };
  if (!probed.found) {
    const { code, message } = probed.fault;
    return { ...place, accounts: [], mode: null, fault: { code, message } };
  }
  const { accounts, mode } = probed;
  // A login with one account needs no choice, and one that was typed before may be of another.
  const chosen = (id: string): string => (accounts.length > 1 ? id : "");
  return {
    ...place,
    accounts: accounts.map((id) => ({ id, credentials: { host, port: String(port), account: chosen(id) } })),
    mode,
    fault: null,
  };
}
