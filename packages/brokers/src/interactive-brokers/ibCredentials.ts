import type { BrokerCredentials } from "../credentials/CredentialScope.ts";
import type { CredentialField } from "../domain/capabilities.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { ibRefusal } from "./ibRefusal.ts";
import type { GatewayAddress } from "./IBTypes.ts";
import { LIVE_PORTS, PAPER_PORTS } from "./session/gatewayPorts.ts";

const MODES = ["paper", "live"] as const;
type GatewayMode = (typeof MODES)[number];
const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_CLIENT_ID = 7;
const LARGEST_PORT = 65_535;
/** Interactive Brokers names no limit; this is far above what anyone needs. */
const LARGEST_CLIENT_ID = 999_999;
const DEFAULT_PORTS = { paper: PAPER_PORTS[0].port, live: LIVE_PORTS[0].port } as const;
const PORT_HELP = {
  paper: "Of a paper login usually 4002 (IB Gateway) or 7497 (TWS). The account proves the mode, not the port.",
  live: "Of a live login usually 4001 (IB Gateway) or 7496 (TWS). The account proves the mode, not the port.",
} as const;

/** The form that connects Interactive Brokers. The mock asks for nothing. */
export const IB_CREDENTIAL_FIELDS: readonly CredentialField[] = [
  {
    name: "host",
    label: "Host of TWS or the IB Gateway",
    kind: "text",
    required: false,
    defaultValue: DEFAULT_HOST,
    help: "This machine, or one in your own network that the gateway trusts.",
    modes: MODES,
  },
  portOf("paper"),
  portOf("live"),
  {
    name: "clientId",
    label: "Client ID",
    kind: "number",
    required: false,
    defaultValue: String(DEFAULT_CLIENT_ID),
    largest: String(LARGEST_CLIENT_ID),
    help: "One that no other program uses at this gateway; keep it, for only it can change its own orders.",
    modes: MODES,
  },
  accountOf("paper", "DU1234567"),
  accountOf("live", "U1234567"),
];

function portOf(mode: GatewayMode): CredentialField {
  return {
    name: "port",
    label: "Port",
    kind: "number",
    required: false,
    defaultValue: String(DEFAULT_PORTS[mode]),
    largest: String(LARGEST_PORT),
    help: PORT_HELP[mode],
    modes: [mode],
  };
}

function accountOf(mode: GatewayMode, placeholder: string): CredentialField {
  return {
    name: "account",
    label: "Account number",
    kind: "text",
    required: false,
    placeholder,
    help: "Only where the login has several accounts.",
    modes: [mode],
  };
}

const HOST = /^[A-Za-z0-9:][A-Za-z0-9.:-]{0,252}$/;
const ACCOUNT = /^[A-Z0-9]{1,32}$/;

/** @param mode whose usual port it is where none is typed. @throws BrokerError AUTHENTICATION_FAILED */
export function readIBCredentials(
  credentials: BrokerCredentials,
  mode: GatewayMode,
): {
  readonly gateway: GatewayAddress;
  readonly account?: string;
} {
  const { host = "", port = "", clientId = "", account = "" } = credentials;
  const gateway = {
    host: host.trim() || DEFAULT_HOST,
    port: wholeNumber("Port", port || String(DEFAULT_PORTS[mode]), LARGEST_PORT),
    clientId: wholeNumber("Client ID", clientId || String(DEFAULT_CLIENT_ID), LARGEST_CLIENT_ID),
  };
  if (!HOST.test(gateway.host)) throw refused("Host is a name or an address, without a protocol or a path");
  const named = account.trim().toUpperCase();
  if (named === "") return { gateway };
  if (!ACCOUNT.test(named)) throw refused("Account number has letters and digits only");
  return { gateway, account: named };
}

function wholeNumber(label: string, text: string, largest: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= largest) return value;
  throw refused(`${label} is a whole number from 1 to ${largest}`);
}

const refused = (message: string): Error => ibRefusal(BrokerErrorCode.AUTHENTICATION_FAILED, message);
