import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { GatewayAddress } from "../IBTypes.ts";
import type { GatewayFault, GatewayTrouble } from "./GatewayState.ts";
import { knownOutage } from "./knownOutage.ts";

/** The oldest layout that is spoken, and the newest: the vendor library's. */
export const VERSIONS = { least: 157, most: 193 } as const;

const SETTINGS = "Configuration > API > Settings";

const CODES = {
  not_running: BrokerErrorCode.GATEWAY_NOT_RUNNING,
  lost: BrokerErrorCode.CONNECTION_FAILED,
  silent: BrokerErrorCode.CONNECTION_FAILED,
  no_handshake: BrokerErrorCode.GATEWAY_NOT_RUNNING,
  unreadable: BrokerErrorCode.CONNECTION_FAILED,
  not_logged_in: BrokerErrorCode.SESSION_EXPIRED,
  client_id_in_use: BrokerErrorCode.AUTHENTICATION_FAILED,
  version: BrokerErrorCode.NOT_SUPPORTED,
  wrong_account: BrokerErrorCode.AUTHENTICATION_FAILED,
  forbidden_host: BrokerErrorCode.NOT_SUPPORTED,
  servers_unreachable: BrokerErrorCode.CONNECTION_FAILED,
  restarting: BrokerErrorCode.GATEWAY_NOT_RUNNING,
} as const satisfies Record<GatewayTrouble, BrokerErrorCode>;

/** What another attempt does not mend: a person has to do something first. */
const LASTING: ReadonlySet<GatewayTrouble> = new Set([
  "client_id_in_use",
  "version",
  "wrong_account",
  "forbidden_host",
]);

/** @param message what happened and what to do, in words. */
export function gatewayFault(trouble: GatewayTrouble, message: string): GatewayFault {
  return { trouble, code: CODES[trouble], message: `Interactive Brokers: ${message}` };
}

export function isLasting({ trouble }: GatewayFault): boolean {
  return LASTING.has(trouble);
}

export const notRunning = (address: GatewayAddress): GatewayFault =>
  gatewayFault(
    "not_running",
    `nothing answers at ${at(address)}: start TWS or the IB Gateway and log in, and compare the port with its ${SETTINGS}`,
  );

export const unknownHost = (host: string): GatewayFault =>
  gatewayFault("not_running", `the name ${host} could not be looked up: correct the host, or give its address`);

export const forbiddenHost = (host: string): GatewayFault =>
  gatewayFault(
    "forbidden_host",
    `${host} is neither this machine nor one in a private network, and nothing was sent there: run the gateway beside the ` +
      "desk, or in your own network",
  );

export const noHandshake = (address: GatewayAddress): GatewayFault =>
  gatewayFault(
    "no_handshake",
    `what listens at ${at(address)} does not answer as a gateway does: in its ${SETTINGS} enable "ActiveX and Socket ` +
      `Clients" and add this machine to the trusted IPs, or correct the port`,
  );

export const unreadableBytes = (address: GatewayAddress): GatewayFault =>
  gatewayFault("unreadable", `${at(address)} sent what no gateway sends: check the host and the port`);

export const notLoggedIn = (): GatewayFault =>
  gatewayFault(
    "not_logged_in",
    "the gateway answers and is not logged in: it waits for its login, or for you to confirm the second factor (2FA) on " +
      "your phone",
  );

export const clientIdInUse = ({ clientId }: GatewayAddress): GatewayFault =>
  gatewayFault(
    "client_id_in_use",
    `the client id ${clientId} is in use: close the other program, give this connection another id, or wait until the ` +
      "gateway has given up an old connection; then connect again",
  );

export const wrongVersion = (version: number): GatewayFault =>
  gatewayFault(
    "version",
    `the gateway speaks version ${version}, and ${VERSIONS.least} to ${VERSIONS.most} are understood here: install a ` +
      "current TWS or IB Gateway (stable)",
  );

export const wrongMode = (mode: "paper" | "live", accounts: readonly string[]): GatewayFault =>
  gatewayFault(
    "wrong_account",
    mode === "paper"
      ? `the gateway is logged in to ${accounts.join(", ")}, which is no paper account (those begin with D): log it in ` +
          "to the paper account, or connect to the port of the paper gateway"
      : `the gateway is logged in to the paper account ${accounts.join(", ")}: this connection is for real money`,
  );

export const wrongAccount = (wanted: string, accounts: readonly string[]): GatewayFault =>
  gatewayFault(
    "wrong_account",
    `the gateway is logged in to ${accounts.join(", ")}, and this connection is of ${wanted}: log it in to that account, ` +
      "or make a connection for the other",
  );

export const severalAccounts = (accounts: readonly string[]): GatewayFault =>
  gatewayFault("wrong_account", `the login has several accounts (${accounts.join(", ")}): say which one is meant`);

export const lost = (): GatewayFault => gatewayFault("lost", "the gateway closed the connection; it is tried again");

export const otherLogin = (): GatewayFault =>
  gatewayFault("lost", "the gateway is logged in to other accounts than before; the session is made anew");

export const silent = (seconds: number): GatewayFault =>
  gatewayFault("silent", `the connection is open and nothing has been heard for ${seconds} s; a new one is made`);

export const serversUnreachable = (): GatewayFault =>
  gatewayFault(
    "servers_unreachable",
    "the gateway has lost its line to Interactive Brokers; orders wait until it is back",
  );

function at({ host, port }: GatewayAddress): string {
  return `${host}:${port}`;
}

/** For so long after it was lost, a gateway that is not there is taken to be restarting: that takes 35 to 80 s. */
const RESTART_MS = 180_000;

/**
 * The fault in the words of its circumstances: a gateway that was there a moment ago is being restarted, and some hours have
 * outages of their own.
 * @param now epoch milliseconds. @param lostMs how long ago there was a session; null where there was none
 */
export function explain(
  fault: GatewayFault,
  { now, lostMs }: { readonly now: number; readonly lostMs: number | null },
): GatewayFault {
  if (isLasting(fault)) return fault;
  const isRestarting = fault.trouble === "not_running" && lostMs !== null && lostMs < RESTART_MS;
  const known = isRestarting
    ? gatewayFault("restarting", "the gateway is being restarted, or was closed; it is tried again until it is there")
    : fault;
  const outage = knownOutage(now);
  return outage === null ? known : { ...known, message: `${known.message} (${outage})` };
}
