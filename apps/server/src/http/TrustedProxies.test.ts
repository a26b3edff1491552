import { expect, it } from "vitest";
import { isAddressRange, TrustedProxies } from "./TrustedProxies.ts";

const from = (remoteAddress: string | undefined, forwarded?: string | string[]) => ({
  socket: { remoteAddress },
  headers: { "x-forwarded-for": forwarded },
});
const proxies = new TrustedProxies(["10.0.0.0/8", "192.168.1.7", "::1", "fd00::/8"]);

it.each([
  ["no header", "10.1.2.3", undefined, "10.1.2.3"],
  ["one proxy", "10.1.2.3", "203.0.113.9", "203.0.113.9"],
  ["two proxies", "10.1.2.3", "203.0.113.9, 192.168.1.7", "203.0.113.9"],
  ["an address that the caller made up before the proxy's", "10.1.2.3", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
  ["several headers", "10.1.2.3", ["127.0.0.1", "203.0.113.9"], "203.0.113.9"],
  ["a header of nobody we know", "203.0.113.9", "127.0.0.1", "203.0.113.9"],
  ["a neighbour of the proxy", "192.168.1.8", "127.0.0.1", "192.168.1.8"],
  ["IPv4 written as IPv6", "::ffff:10.1.2.3", "::ffff:203.0.113.9", "203.0.113.9"],
  ["IPv6", "fd00::2", "2001:db8::5", "2001:db8::5"],
  ["no address in the header", "10.1.2.3", "unknown", "10.1.2.3"],
  ["a port", "10.1.2.3", "203.0.113.9:4711", "10.1.2.3"],
  ["rubbish after the address", "10.1.2.3", "203.0.113.9, <script>", "10.1.2.3"],
  ["nothing but proxies", "10.1.2.3", "10.1.2.4, 10.1.2.5", "10.1.2.4"],
  ["a closed connection", undefined, "203.0.113.9", "unknown"],
])("[SV230] %s", (_what, remote, forwarded, address) => {
  expect(proxies.addressOf(from(remote, forwarded))).toBe(address);
});

it("[SV230] a header of a thousand addresses is believed no further than a chain of proxies is long", () => {
  const long = Array.from({ length: 1_000 }, () => "10.9.9.9").join(",");
  expect(proxies.addressOf(from("10.1.2.3", `203.0.113.9,${long}`))).toBe("10.9.9.9");
});

it("[SV230] without proxies nobody's header is read", () => {
  expect(new TrustedProxies().addressOf(from("127.0.0.1", "203.0.113.9"))).toBe("127.0.0.1");
});

it.each(["10.0.0.5", "10.0.0.0/8", "::1", "fd00::/8"])("[SV230] %s may be set", (text) => {
  expect(isAddressRange(text)).toBe(true);
});

it.each(["", "proxy.example", "10.0.0.0/0", "10.0.0.0/33", "::/0", "::1/129", "10.0.0", "true", "*", "10.0.0.5/-1"])(
  "[SV230] %s may not be set",
  (text) => {
    expect(isAddressRange(text)).toBe(false);
  },
);
