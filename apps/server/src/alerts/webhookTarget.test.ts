import { expect, it } from "vitest";
import { webhookTarget, type Resolve } from "./webhookTarget.ts";

const names: Readonly<Record<string, readonly string[]>> = {
  "hooks.example": ["203.0.113.7"],
  "home.example": ["192.168.1.20"],
  "local.example": ["127.0.0.1"],
  "sly.example": ["203.0.113.7", "169.254.169.254"],
};
const resolve: Resolve = (host) => {
  const found = names[host];
  if (found === undefined) return Promise.reject(new Error(`ENOTFOUND ${host}`));
  return Promise.resolve(found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
};

it.each([
  ["https://hooks.example/a?key=k", "203.0.113.7"],
  ["https://home.example/a", "192.168.1.20"],
  ["http://127.0.0.1:9000/hook", "127.0.0.1"],
  ["http://[::1]:9000/hook", "::1"],
  ["http://local.example/hook", "127.0.0.1"],
])("[SV110] %s is sent to the address that was looked up", async (url, address) => {
  expect(await webhookTarget(url, resolve)).toMatchObject({ address });
});

it.each([
  ["no address", "hooks.example"],
  ["another protocol", "ftp://hooks.example/"],
  ["a file", "file:///etc/passwd"],
  ["plain http to another machine", "http://hooks.example/"],
  ["plain http at home", "http://home.example/"],
  ["a password", "https://user:secret-word@hooks.example/"],
  ["the metadata service of a cloud", "https://169.254.169.254/latest/meta-data"],
  ["the same as a number", "https://2852039166/latest"],
  ["the same in hexadecimal", "https://0xa9fea9fe/latest"],
  ["the same as IPv6", "https://[::ffff:169.254.169.254]/latest"],
  ["the same through NAT64", "https://[64:ff9b::a9fe:a9fe]/latest"],
  ["a link-local address", "https://[fe80::1]/"],
  ["the metadata service by its IPv6 address", "https://[fd00:ec2::254]/"],
  ["no machine at all", "http://0.0.0.0/"],
  ["everybody", "https://255.255.255.255/"],
  ["a name with one bad address among its good ones", "https://sly.example/"],
  ["a name that is not there", "https://nowhere.example/"],
])("[SV110] %s is refused, and the address is not repeated", async (_what, url) => {
  const refusal: unknown = await webhookTarget(url, resolve).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "INVALID_INPUT", issues: [{ field: "url" }] });
  expect(String(refusal)).not.toMatch(/meta-data|secret-word|passwd/);
});
