import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { originVariants } from "./testing/originVariants.ts";
import { setUp } from "./testing/people.ts";

const NAMED = "https://desk.example.org";

/** Answers the status of one mutation, with these headers and no others of a browser's. */
function mutate(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/trpc/marketData.setWatchlist`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
    });
    outgoing.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.once("error", reject);
    outgoing.end('{"symbols":["AAPL"]}');
  });
}

/** Answers the status of one upgrade; 101 where there is a socket. */
function upgrade(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/trpc?connectionParams=1`, { headers });
    socket.once("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => undefined);
  });
}

describe.each([
  ["the address that was asked for", undefined],
  ["PUBLIC_ORIGIN", [NAMED]],
])("only the exact origin passes: %s", (_name, publicOrigins) => {
  let desk: TestDesk;
  let owner: TestClient;
  let exact: string;

  beforeAll(async () => {
    desk = await createTestDesk(publicOrigins === undefined ? {} : { publicOrigins });
    exact = publicOrigins?.[0] ?? desk.url;
    owner = createTestClient(desk.url, exact);
    await setUp(owner);
  });
  afterAll(async () => {
    await owner[Symbol.asyncDispose]();
    await desk[Symbol.asyncDispose]();
  });

  const statuses = async (send: typeof mutate, refused: number) => {
    const variants = originVariants(exact);
    expect(variants.length).toBeGreaterThanOrEqual(200);
    const passed: (string | undefined)[] = [];
    for (const origin of variants) {
      const headers = { cookie: owner.cookie(), ...(origin === undefined ? {} : { origin }) };
      if ((await send(desk.url, headers)) !== refused) passed.push(origin);
    }
    return passed;
  };

  it("[SV233] of more than 200 others not one changes anything over HTTP", async () => {
    expect(await statuses(mutate, 403)).toEqual([]);
    expect(await mutate(desk.url, { cookie: owner.cookie(), origin: exact })).toBe(200);
  });

  it("[SV233] of more than 200 others not one opens a socket", async () => {
    expect(await statuses(upgrade, 403)).toEqual([]);
    expect(await upgrade(desk.url, { cookie: owner.cookie(), origin: exact })).toBe(101);
  });

  it("[SV233] a page that names the desk by a name of its own (DNS rebinding) is refused", async () => {
    const { port } = new URL(desk.url);
    for (const host of [`rebound.example:${port}`, "desk.example.org.evil.example", `localhost.evil.example:${port}`]) {
      const headers = { cookie: owner.cookie(), origin: `http://${host}`, host };
      expect(await mutate(desk.url, headers)).toBe(403);
      expect(await upgrade(desk.url, headers)).toBe(403);
    }
  });
});
