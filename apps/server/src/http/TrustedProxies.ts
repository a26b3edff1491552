import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";

/** Addresses in one X-Forwarded-For header that are looked at; a real chain of proxies has a few. */
const MAX_HOPS = 20;

/** What of a request tells where it came from. */
export interface ForwardedRequest {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

/**
 * The proxies whose X-Forwarded-For is believed; from anybody else it is not read. Without any, a caller's address is
 * that of the connection.
 */
export class TrustedProxies {
  readonly #known = new BlockList();
  readonly #hasAny: boolean;

  /** @param ranges addresses ("10.0.0.5", "::1") and ranges ("10.0.0.0/8"). @throws RangeError for anything else. */
  constructor(ranges: readonly string[] = []) {
    this.#hasAny = ranges.length > 0;
    for (const range of ranges) {
      const { address, family, bits } = readRange(range);
      this.#known.addSubnet(address, bits, family);
    }
  }

  /**
   * The nearest address that is no proxy of ours, an IPv4 address always as four numbers; "unknown" where the
   * connection is gone.
   */
  addressOf(request: ForwardedRequest): string {
    let address = plain(request.socket.remoteAddress ?? "");
    // Asked with every request of a flood, too.
    if (!this.#trusts(address)) return address === "" ? "unknown" : address;
    // Each proxy appends whom it heard: only as far as they are trusted, from the end, is the list evidence.
    const told = [request.headers["x-forwarded-for"] ?? ""].flat().join(",").split(",").slice(-MAX_HOPS);
    for (let hop = told.length - 1; hop >= 0 && this.#trusts(address); hop -= 1) {
      const next = plain((told[hop] ?? "").trim());
      if (isIP(next) === 0) break;
      address = next;
    }
    return address === "" ? "unknown" : address;
  }

  #trusts(address: string): boolean {
    if (!this.#hasAny) return false;
    const version = isIP(address);
    return version !== 0 && this.#known.check(address, version === 4 ? "ipv4" : "ipv6");
  }
}

/** Whether this is an address or a range, as the setting wants it. */
export function isAddressRange(text: string): boolean {
  try {
    readRange(text);
    return true;
  } catch {
    return false;
  }
}

function readRange(text: string): {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  readonly bits: number;
} {
  const [, address = "", given] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const bits = given === undefined ? longest : Number(given);
  // A range of everything would believe everybody.
  if (version === 0 || bits < 1 || bits > longest)
    throw new RangeError("an address such as 10.0.0.5, or a range such as 10.0.0.0/8");
  return { address, family: version === 4 ? "ipv4" : "ipv6", bits };
}

/** IPv4 on a socket of both families is written "::ffff:10.0.0.5". */
function plain(address: string): string {
  const [, four] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return four ?? address;
}
