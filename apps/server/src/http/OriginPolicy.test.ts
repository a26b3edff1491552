import { describe, expect, it } from "vitest";
import { OriginPolicy } from "./OriginPolicy.ts";

describe("which pages may act", () => {
  it.each([
    ["http://127.0.0.1:3000", "127.0.0.1:3000", true],
    ["http://localhost:3000", "localhost:3000", true],
    ["http://[::1]:3000", "[::1]:3000", true],
    ["http://192.168.1.5:3000", "192.168.1.5:3000", true],
    ["http://127.0.0.1:3001", "127.0.0.1:3000", false],
    ["https://127.0.0.1:3000", "127.0.0.1:3000", false],
    ["http://evil.example", "127.0.0.1:3000", false],
    // A name that was pointed at this machine: same origin for the browser, refused here.
    ["http://rebound.example:3000", "rebound.example:3000", false],
    ["http://localhost.evil.example:3000", "localhost.evil.example:3000", false],
    ["http://127.0.0.1:3000/", "127.0.0.1:3000", false],
    ["null", "127.0.0.1:3000", false],
    [undefined, "127.0.0.1:3000", false],
    ["http://127.0.0.1:3000", undefined, false],
  ])("[OP1] %s asking for %s without PUBLIC_ORIGIN: %s", (origin, host, allowed) => {
    expect(new OriginPolicy(undefined).allows(origin, host)).toBe(allowed);
  });

  it.each([
    ["https://desk.example.org", true],
    ["https://desk.example.org:444", false],
    ["http://desk.example.org", false],
    ["https://desk.example.org.evil.example", false],
    ["https://xn--dsk-bla.example.org", false],
    ["http://127.0.0.1:3000", false],
  ])("[OP2] %s with PUBLIC_ORIGIN: %s", (origin, allowed) => {
    const policy = new OriginPolicy(["https://desk.example.org"]);
    expect(policy.allows(origin, "127.0.0.1:3000")).toBe(allowed);
    expect(policy.isSecure).toBe(true);
  });
});
