import { expect, it } from "vitest";
import { gatewayHost, type ResolveHost } from "./gatewayHost.ts";

const NAMES: Readonly<Record<string, readonly string[]>> = {
  "gateway.lan": ["192.168.1.20"],
  ibgateway: ["172.18.0.3", "fd12:3456::7"],
  localhost: ["127.0.0.1", "::1"],
  "sly.example": ["192.168.1.20", "169.254.169.254"],
  "outside.example": ["203.0.113.7"],
  "2852039166": ["169.254.169.254"],
};
const resolve: ResolveHost = (host) => {
  const found = NAMES[host];
  if (found === undefined) return Promise.reject(new Error(`ENOTFOUND ${host}`));
  return Promise.resolve(found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
};

it.each([
  ["127.0.0.1", "127.0.0.1"],
  ["127.8.9.10", "127.8.9.10"],
  ["::1", "::1"],
  ["10.1.2.3", "10.1.2.3"],
  ["172.31.255.254", "172.31.255.254"],
  ["192.168.1.20", "192.168.1.20"],
  ["fd12:3456::7", "fd12:3456::7"],
  ["gateway.lan", "192.168.1.20"],
  ["ibgateway", "172.18.0.3"],
  ["localhost", "127.0.0.1"],
])("[IB60] a gateway at %s is dialled at the address that was looked up", async (host, address) => {
  expect(await gatewayHost(host, resolve)).toEqual({ address });
});

it.each([
  ["a machine on the internet", "203.0.113.7"],
  ["its name", "outside.example"],
  ["the metadata service of a cloud", "169.254.169.254"],
  ["the same as a number", "2852039166"],
  ["the same as IPv6", "::ffff:169.254.169.254"],
  ["the same by its IPv6 address", "fd00:ec2::254"],
  ["a link-local address", "fe80::1"],
  ["the same with its interface", "fe80::1%eth0"],
  ["a carrier's network", "100.100.100.200"],
  ["the neighbour of a private network", "172.32.0.1"],
  ["no machine at all", "0.0.0.0"],
  ["everybody", "255.255.255.255"],
  ["a name with one bad address among its good ones", "sly.example"],
])("[IB60] %s is refused before anything is dialled", async (_what, host) => {
  expect(await gatewayHost(host, resolve)).toMatchObject({
    fault: { trouble: "forbidden_host", code: "NOT_SUPPORTED" },
  });
});

it("[IB60] a name that nobody knows is told apart: it may be known later", async () => {
  expect(await gatewayHost("nowhere.lan", resolve)).toMatchObject({ fault: { trouble: "not_running" } });
});
