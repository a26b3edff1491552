import type { CallOptions } from "../../BrokerClient.ts";
import { throwIfAborted } from "../../brokerCall.ts";
import { brokerDeps, type BrokerDeps } from "../../deps.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { lost } from "./gatewayFaults.ts";
import { LIVE_PORTS, PAPER_PORTS, type GatewayPort } from "./gatewayPorts.ts";
import type { GatewayFault } from "./GatewayState.ts";
import { isPaperAccount } from "./chooseAccount.ts";
import { VendorSession } from "./VendorSession.ts";

/** An id that no connection of the desk is given, so that a look disturbs none. */
const PROBE_CLIENT_ID = 1_000_001;

export interface ProbeRequest {
  /** Checked by the caller: a name is resolved by whoever dials. */
  readonly host: string;
  /** Live ports are tried too. @default false */
  readonly isLiveAllowed?: boolean;
  /** @default the ports of a paper login, then, where they are allowed, those of a live one */
  readonly ports?: readonly GatewayPort[];
}

/** What was found at one port. */
export type ProbedGateway = GatewayPort & { readonly host: string } & (
    | {
        readonly found: true;
        readonly version: number;
        readonly accounts: readonly string[];
        /** By the accounts; null where they are of both kinds. */
        readonly mode: "paper" | "live" | null;
      }
    | { readonly found: false; readonly fault: GatewayFault }
  );

/**
 * Looks where gateways usually listen, and what they are logged in to; nothing is asked of them. Ports of paper logins come
 * first, and those of live ones are not touched unless they are allowed. @throws BrokerError where the signal aborts.
 */
export async function probeGateways(
  { host, isLiveAllowed = false, ports }: ProbeRequest,
  deps: Partial<BrokerDeps> = {},
  options: CallOptions = {},
): Promise<readonly ProbedGateway[]> {
  const looked = ports ?? [...PAPER_PORTS, ...(isLiveAllowed ? LIVE_PORTS : [])];
  throwIfAborted(INTERACTIVE_BROKERS, options);
  // At once: a host that drops what it does not know costs the whole wait at each port.
  const found = await Promise.all(looked.map((each) => probe(host, each, brokerDeps(deps), options)));
  // What was broken off is no finding.
  throwIfAborted(INTERACTIVE_BROKERS, options);
  return found;
}

async function probe(
  host: string,
  { port, usual }: GatewayPort,
  deps: BrokerDeps,
  { signal }: CallOptions,
): Promise<ProbedGateway> {
  const session = await VendorSession.prepare({ host, port, clientId: PROBE_CLIENT_ID }, deps);
  const stop = (): void => session.end(lost());
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const handshake = await session.dial();
    if (handshake === null) return { host, port, usual, found: false, fault: await session.ended };
    const { version, accounts } = handshake;
    return { host, port, usual, found: true, version, accounts, mode: modeOf(accounts) };
  } finally {
    signal?.removeEventListener("abort", stop);
    session.end(lost());
  }
}

function modeOf(accounts: readonly string[]): "paper" | "live" | null {
  if (accounts.every(isPaperAccount)) return "paper";
  return accounts.some(isPaperAccount) ? null : "live";
}
