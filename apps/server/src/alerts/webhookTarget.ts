import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { DeskError } from "../DeskError.ts";

/** Where a delivery goes: the address was looked up once and judged, and no other is connected to. */
export interface WebhookTarget {
  readonly url: URL;
  readonly address: string;
  readonly family: 4 | 6;
}

/** Answers all addresses of a name. @throws where it has none */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export const resolveByDns: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Never connected to. Link-local holds the metadata services of clouds (169.254.169.254), beside a few of their own:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html (fd00:ec2::254),
 * https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata (100.100.100.200). A private address may be
 * the user's own machine.
 */
const REFUSED = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["100.100.100.200", 32],
  ["168.63.129.16", 32],
  ["192.0.0.0", 24],
  ["224.0.0.0", 3],
] as const)
  REFUSED.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 128],
  ["fe80::", 10],
  ["fec0::", 10],
  ["fd00:ec2::", 32],
  ["ff00::", 8],
  // These reach IPv4 addresses by another name.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
] as const)
  REFUSED.addSubnet(network, prefix, "ipv6");

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/**
 * Reads and judges an address that a person typed. Only https, but for http to this machine.
 * @throws DeskError INVALID_INPUT with the reason at the field `url`, never with the address itself
 */
export async function webhookTarget(text: string, resolve: Resolve = resolveByDns): Promise<WebhookTarget> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw refused("The address of a webhook begins with https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw refused("The address may not hold a user name or password; put a key into its path or query.");
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const found = await addressesOf(host, resolve);
  // Whoever answers with several could have any of them reached.
  for (const { address, family } of found) {
    const type = family === 6 ? "ipv6" : "ipv4";
    if (REFUSED.check(address, type)) throw refused("The address leads to a network that the desk does not send to.");
    if (url.protocol === "http:" && !LOOPBACK.check(address, type)) {
      throw refused("Only https is sent to other machines; http is for this one.");
    }
  }
  const [first] = found;
  if (first === undefined) throw refused(`The name ${host} has no address.`);
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}

async function addressesOf(host: string, resolve: Resolve): ReturnType<Resolve> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await resolve(host);
  } catch (cause) {
    throw refused(`The name ${host} could not be looked up.`, cause);
  }
}

function refused(message: string, cause?: unknown): DeskError {
  return new DeskError("INVALID_INPUT", message, {
    issues: [{ code: "INVALID_INPUT", field: "url", message, params: {} }],
    cause,
  });
}
