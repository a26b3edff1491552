import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { forbiddenHost, unknownHost } from "./gatewayFaults.ts";
import type { GatewayFault } from "./GatewayState.ts";

/** Answers all addresses of a name. @throws where it has none */
export type ResolveHost = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** Gateways listen on IPv4, so those addresses come first: `localhost` has both. */
export const resolveByDns: ResolveHost = (host) => lookup(host, { all: true, verbatim: false });

/**
 * This machine and private networks (RFC 1918, RFC 4193): a gateway speaks without encryption and without a password, so
 * it is nowhere else. Link-local addresses are not in it, which clouds keep their metadata services at.
 */
const ALLOWED = new BlockList();
ALLOWED.addSubnet("127.0.0.0", 8, "ipv4");
ALLOWED.addSubnet("10.0.0.0", 8, "ipv4");
ALLOWED.addSubnet("172.16.0.0", 12, "ipv4");
ALLOWED.addSubnet("192.168.0.0", 16, "ipv4");
ALLOWED.addAddress("::1", "ipv6");
ALLOWED.addSubnet("fc00::", 7, "ipv6");

/** The same service by a private address: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html */
const METADATA = new BlockList();
METADATA.addSubnet("fd00:ec2::", 32, "ipv6");

/**
 * The address that a connection to `host` goes to: it is looked up once and judged, and no other is dialled. A name that
 * has one bad address among its good ones is refused, for any of them could be reached.
 */
export async function gatewayHost(
  host: string,
  resolve: ResolveHost = resolveByDns,
): Promise<{ readonly address: string } | { readonly fault: GatewayFault }> {
  const found = await addressesOf(host, resolve);
  const [first] = found;
  if (first === undefined) return { fault: unknownHost(host) };
  return found.every(isAllowed) ? { address: first.address } : { fault: forbiddenHost(host) };
}

async function addressesOf(host: string, resolve: ResolveHost): ReturnType<ResolveHost> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await resolve(host);
  } catch {
    return [];
  }
}

function isAllowed({ address, family }: { readonly address: string; readonly family: number }): boolean {
  const type = family === 6 ? "ipv6" : "ipv4";
  return ALLOWED.check(address, type) && !METADATA.check(address, type);
}
