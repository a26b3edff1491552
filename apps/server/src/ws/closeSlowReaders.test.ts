import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { FakeClock } from "@trenddojo/brokers/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { until } from "../testing/until.ts";
import { closeSlowReaders } from "./closeSlowReaders.ts";

const MIB = 1024 * 1024;

let clock: FakeClock;
let server: WebSocketServer;
let stop: AbortController;
let watching: Promise<void>;
let closings: number;

beforeEach(async () => {
  clock = new FakeClock();
  server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await once(server, "listening");
  stop = new AbortController();
  closings = 0;
  watching = closeSlowReaders(server.clients, clock, stop.signal, () => void (closings += 1));
});
afterEach(async () => {
  stop.abort();
  await watching;
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** A reader over real TCP that stops, and what the server has of it. */
async function stalledReader() {
  const { port } = addressOf(server.address());
  const accepted = once(server, "connection");
  const reader = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  reader.on("error", () => undefined);
  const closed = new Promise<number>((resolve) => reader.once("close", resolve));
  await once(reader, "open");
  await accepted;
  const [client] = server.clients;
  if (client === undefined) throw new Error("nobody connected");
  reader.pause();
  return { reader, client, closed };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return address;
}

/** Sends until so much stays unread, whatever the machine's own buffers hold. */
async function fill(client: WebSocket, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(MIB / 2);
  await until("the reader's backlog", () => {
    if (client.bufferedAmount <= bytes) client.send(chunk);
    return client.bufferedAmount > bytes;
  });
}

/** One look of the watch, a second later. */
async function nextLook(): Promise<void> {
  await clock.advance(1_000);
}

it("[SV231] a peer that stops reading is closed with 1013 after ten seconds above 4 MiB, and finds that out when it reads", async () => {
  const { reader, client, closed } = await stalledReader();
  await fill(client, 4 * MIB);
  for (let second = 0; second < 10; second += 1) {
    await nextLook();
    expect(client.readyState).toBe(WebSocket.OPEN);
  }
  await nextLook();
  expect(client.readyState).toBe(WebSocket.CLOSING);
  await nextLook();
  expect(closings).toBe(1);
  reader.resume();
  expect(await closed).toBe(1013);
});

it("[SV231] one that has caught up in between stays", async () => {
  const { reader, client } = await stalledReader();
  await fill(client, 4 * MIB);
  for (let second = 0; second < 6; second += 1) await nextLook();
  reader.resume();
  await until("an empty backlog", () => client.bufferedAmount === 0);
  await nextLook();
  reader.pause();
  await fill(client, 4 * MIB);
  for (let second = 0; second < 6; second += 1) await nextLook();
  expect([client.readyState, closings]).toEqual([WebSocket.OPEN, 0]);
});

it("[SV231] above 16 MiB there is no waiting", async () => {
  const { client } = await stalledReader();
  await fill(client, 16 * MIB);
  await nextLook();
  expect(client.readyState).toBe(WebSocket.CLOSING);
});
