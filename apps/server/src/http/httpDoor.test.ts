import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "../testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "../testing/createTestDesk.ts";
import { setUp } from "../testing/people.ts";

const JSON_TYPE = { "content-type": "application/json" };

let desk: TestDesk;
let owner: TestClient;

beforeAll(async () => {
  desk = await createTestDesk();
  owner = createTestClient(desk.url);
  await setUp(owner);
});
afterAll(async () => {
  await owner[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

function post(path: string, init: { headers?: Record<string, string>; body?: string } = {}): Promise<Response> {
  const headers = { origin: desk.url, cookie: owner.cookie(), ...(init.headers ?? JSON_TYPE) };
  return fetch(`${desk.url}/trpc/${path}`, { method: "POST", headers, body: init.body ?? "{}" });
}

describe("what a request may cost", () => {
  it("[SV232] 8 KiB of headers", async () => {
    const withHeader = (length: number) => fetch(`${desk.url}/healthz`, { headers: { "x-pad": "x".repeat(length) } });
    expect((await withHeader(7_000)).status).toBe(200);
    expect((await withHeader(8_192)).status).toBe(431);
  });

  it("[SV232] 256 KiB of body", async () => {
    const pad = (length: number) => JSON.stringify({ symbols: ["AAPL"], pad: "x".repeat(length) });
    expect((await post("marketData.setWatchlist", { body: pad(250_000) })).status).toBe(400);
    expect((await post("marketData.setWatchlist", { body: pad(262_144) })).status).toBe(413);
  });

  it("[SV232] a thousand requests on one connection", async () => {
    const count = 1_001;
    const { hostname, port } = new URL(desk.url);
    const socket = connect(Number(port), hostname);
    const request = `GET /healthz HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`;
    socket.write(request.repeat(count));
    let text = "";
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.includes("HTTP/1.1 503 ")) break;
    }
    expect(text.split("HTTP/1.1 200 ")).toHaveLength(1_001);
    expect(text.split("HTTP/1.1 503 ")).toHaveLength(2);
  });
});

describe("how a change is asked for", () => {
  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"])(
    "[SV232] not as %s, which a page may send anywhere without asking",
    async (type) => {
      const response = await post("marketData.setWatchlist", { headers: { "content-type": type } });
      expect(response.status).toBe(415);
    },
  );

  it("[SV232] not by GET, and by no other method", async () => {
    const input = encodeURIComponent('{"symbols":["AAPL"]}');
    const headers = { origin: desk.url, cookie: owner.cookie() };
    const got = await fetch(`${desk.url}/trpc/marketData.setWatchlist?input=${input}`, { headers });
    expect(got.status).toBe(405);
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const response = await fetch(`${desk.url}/trpc/marketData.setWatchlist`, {
        method,
        headers: { ...headers, ...JSON_TYPE },
        body: "{}",
      });
      expect(response.status).toBe(404);
    }
  });

  it("[SV232] no other site is told that it may (CORS)", async () => {
    const preflight = await fetch(`${desk.url}/trpc/marketData.setWatchlist`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(preflight.ok).toBe(false);
    const read = await fetch(`${desk.url}/trpc/accounts.list`, {
      headers: { origin: "https://evil.example", cookie: owner.cookie() },
    });
    for (const response of [preflight, read]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });
});

describe("what each reply says of itself", () => {
  it("[SV234] pages and answers run, frame and reach nothing but this desk", async () => {
    for (const path of ["/", "/healthz", "/trpc/auth.status", "/no/such"]) {
      const { headers } = await fetch(desk.url + path);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe-eval");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    }
  });

  it("[SV234] no answer of the API is kept anywhere, a refusal least of all", async () => {
    const answers = [
      await fetch(`${desk.url}/trpc/auth.status`),
      await fetch(`${desk.url}/trpc/accounts.list`),
      await fetch(`${desk.url}/trpc/accounts.list`, { headers: { cookie: owner.cookie() } }),
      await fetch(`${desk.url}/trpc/no.such`),
      await fetch(`${desk.url}/trpc/auth.signOut`, { method: "POST", headers: JSON_TYPE, body: "{}" }),
      await post("auth.signOut", { headers: { "content-type": "text/plain" } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 404, 403, 415]);
    for (const { headers } of answers) expect(headers.get("cache-control")).toBe("no-store");
  });

  it("[SV234] behind https the browser is told to stay there, and the cookie with it", async () => {
    await using secure = await createTestDesk({ publicOrigins: ["https://desk.example.org"] });
    await using client = createTestClient(secure.url, "https://desk.example.org");
    const { headers } = await fetch(`${secure.url}/healthz`);
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(headers.get("content-security-policy")).toContain("wss://desk.example.org");
    await setUp(client);
    expect(client.setCookies[0]).toMatch(/^__Host-desk_session=.*; Secure$/);
  });
});

describe("who is calling", () => {
  it("[SV230] behind a trusted proxy the address is the caller's; without one nobody can make it up", async () => {
    await using trusting = await createTestDesk({ trustedProxies: ["127.0.0.1"] });
    for (const [each, address] of [
      [trusting, "203.0.113.9"],
      [desk, "127.0.0.1"],
    ] as const) {
      const tried = await fetch(`${each.url}/trpc/auth.signIn`, {
        method: "POST",
        headers: { ...JSON_TYPE, origin: each.url, "x-forwarded-for": "10.6.6.6, 203.0.113.9" },
        body: JSON.stringify({ username: "nobody", password: "four wrong words here" }),
      });
      expect(tried.status).toBe(401);
      await using client = createTestClient(each.url);
      if (each === trusting) await setUp(client);
      else client.setCookie(owner.cookie());
      const { entries } = await client.api.audit.list.query({ limit: 500 });
      const addresses = JSON.stringify(entries.filter(({ action }) => action === "session.refused"));
      expect(addresses).toContain(address);
      expect(addresses).not.toContain("10.6.6.6");
    }
  });
});
