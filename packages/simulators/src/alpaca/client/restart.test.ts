import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SystemClock } from "@trenddojo/brokers";
import { AlpacaClient, limitOrder, marketOrder } from "@trenddojo/brokers/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { toldBy } from "../testing/toldBy.ts";

const PROGRAM = fileURLToPath(new URL("../../../sim.mjs", import.meta.url));
/** A program that reads TypeScript as it starts takes a while where others want the machine too. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 20;
const address = z.object({ trading: z.string(), data: z.string(), tradingStream: z.string(), dataStream: z.string() });

describe("a simulator that is killed", () => {
  const clock = new SystemClock();
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "simulators-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  });

  async function start(
    port: string,
  ): Promise<{ readonly child: ChildProcess; readonly venue: z.infer<typeof address> }> {
    const state = path.join(folder, "account.json");
    const args = [PROGRAM, "alpaca", "--port", port, "--key", "K", "--secret", "S", "--state", state];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      return { child, venue: address.parse(JSON.parse(line)) };
    }
    throw new Error("the program said nothing");
  }

  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) await clock.sleep(LOOK_MS);
  };

  it(
    "[AL13] within an order's life: the client comes back by itself, the order is one, and the book is right",
    { timeout: PATIENCE_MS },
    async () => {
      const { child, venue } = await start("0");
      const client = new AlpacaClient({
        mode: "paper",
        keys: { keyId: "K", secretKey: "S" },
        venue: { kind: "simulator", ...venue },
      });
      await client.connect();
      try {
        const told = await toldBy(client);
        await client.placeOrder(marketOrder("AAPL", "buy", 2, "bought"));
        await until(() => told.includes("fill bought filled 2"));
        const { orderId } = await client.placeOrder({
          ...limitOrder("AAPL", "buy", 1, 1, "resting"),
          timeInForce: "gtc",
        });
        child.kill("SIGKILL");
        await once(child, "exit");
        await until(() => !client.getConnectionStatus().isHealthy);
        const before = told.length;
        await start(new URL(venue.trading).port);
        await until(() => client.getConnectionStatus().channels.orders.state === "up");
        expect(await client.getOpenOrders()).toMatchObject([
          { orderId, clientOrderId: "resting", status: "submitted" },
        ]);
        expect(await client.getPositions()).toMatchObject([{ symbol: "AAPL", quantity: "2" }]);
        expect(await client.getFills(0)).toMatchObject([{ clientOrderId: "bought", quantity: "2" }]);
        // Nothing is told twice.
        expect(told.slice(before)).toEqual([]);
        expect(await client.cancelOrder(orderId)).toBe(true);
        await until(() => told.includes("order resting canceled 0"));
      } finally {
        await client.disconnect();
      }
    },
  );
});
