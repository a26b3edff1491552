import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { createTestDb } from "@trenddojo/db/testing";
import { describe, expect, it } from "vitest";
import { createTestClient } from "./testing/createTestClient.ts";
import { createTestDesk } from "./testing/createTestDesk.ts";
import { faultyRegistry } from "./testing/faultyRegistry.ts";
import { setUp } from "./testing/people.ts";
import { until } from "./testing/until.ts";

async function busyPort(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}

describe("the start of the server", () => {
  it("[BT4] asks for its port before it opens any broker: where another desk is at work, no order goes twice", async () => {
    await using store = await createTestDb();
    {
      await using desk = await createTestDesk({ store });
      await using person = createTestClient(desk.url);
      await setUp(person);
    }
    const { server, port } = await busyPort();
    let opened = 0;
    const second = createTestDesk({
      store,
      port,
      wrapRegistry: (registry) => ({
        ...registry,
        create: (request) => {
          opened += 1;
          return registry.create(request);
        },
      }),
    });
    await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect(opened).toBe(0);
    server.close();
  });

  it("[BT5] holds calls back until the built-in connections are open; the health checks answer at once", async () => {
    await using store = await createTestDb();
    let cookie = "";
    {
      await using desk = await createTestDesk({ store });
      await using person = createTestClient(desk.url);
      await setUp(person);
      cookie = person.cookie();
    }
    const { server, port } = await busyPort();
    server.close();
    await once(server, "close");
    const seen: string[] = [];
    let looked: Promise<void> | null = null;
    const url = `http://127.0.0.1:${port}`;
    const look = async (): Promise<void> => {
      seen.push(`readyz ${(await fetch(`${url}/readyz`)).status}`);
      void fetch(`${url}/trpc/accounts.list`, { headers: { cookie } }).then((response) =>
        seen.push(`accounts.list ${response.status}`),
      );
      // Time enough for the answer to come, were it not held back.
      for (let count = 0; count < 20; count += 1) await fetch(`${url}/healthz`);
      seen.push(`healthz ${(await fetch(`${url}/healthz`)).status}`);
    };
    await using desk = await createTestDesk({
      store,
      port,
      wrapRegistry: faultyRegistry({
        connect: (client) => async (options) => {
          await (looked ??= look());
          return client.connect(options);
        },
      }),
    });
    await until("the answer", () => seen.length === 3);
    expect(seen).toEqual(["readyz 503", "healthz 200", "accounts.list 200"]);
    expect((await fetch(`${desk.url}/readyz`)).status).toBe(200);
  });
});
