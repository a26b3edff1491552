import { isIP } from "node:net";
import { expect, it } from "vitest";
import { addressEncodings } from "../../testing/addressEncodings.ts";
import { readIBCredentials } from "../ibCredentials.ts";
import { gatewayHost, type ResolveHost } from "./gatewayHost.ts";

const FORBIDDEN = [
  "169.254.169.254",
  "169.254.170.2",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
  "203.0.113.7",
  "8.8.8.8",
  "172.32.0.1",
  "172.15.255.255",
  "192.169.0.1",
  "0.0.0.0",
];

/** The most lenient resolver there could be: it reads every spelling as the address that was meant. */
const lenient =
  (address: string): ResolveHost =>
  () =>
    Promise.resolve([{ address, family: isIP(address) }]);

it("[IB60] of more than 300 spellings of addresses that are no gateway's not one is dialled", async () => {
  const spellings = FORBIDDEN.flatMap((address) => addressEncodings(address).map((host) => [host, address] as const));
  expect(spellings.length).toBeGreaterThanOrEqual(300);
  const dialled: string[] = [];
  for (const [host, address] of spellings) {
    if ("address" in (await gatewayHost(host, lenient(address)))) dialled.push(host);
  }
  expect(dialled).toEqual([]);
});

it("[IB60] a name that answers differently when it is asked again is dialled where it was first looked up", async () => {
  const answers = ["192.168.1.20", "169.254.169.254"];
  const rebinding: ResolveHost = () => Promise.resolve([{ address: answers.shift() ?? "169.254.169.254", family: 4 }]);
  expect(await gatewayHost("gateway.lan", rebinding)).toEqual({ address: "192.168.1.20" });
});

it("[IB60] a host with a protocol, a path, a user or a port is none", () => {
  for (const host of ["http://10.0.0.1", "10.0.0.1/x", "me@10.0.0.1", "[10.0.0.1]", "10.0.0.1%00", "１0.0.0.1", "a b"])
    expect(() => readIBCredentials({ host }, "paper")).toThrow("Host is a name or an address");
});
