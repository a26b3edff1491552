import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { env } from "node:process";
import { afterEach, describe, expect, it } from "vitest";
import { failureOf } from "../../testing/contract/calls.ts";
import { GatewayStage } from "../../testing/interactive-brokers/GatewayStage.ts";
import { frameOf, GREETING, LOGIN } from "../../testing/interactive-brokers/ScriptedGateway.ts";

let stage: GatewayStage;
afterEach(() => stage[Symbol.asyncDispose]());

describe("the vendor's library, as it is opened", () => {
  // First in its file: the library reads them once in the life of a process.
  it("[H10] a .env file of the working folder is not read", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "brokers-"));
    const before = process.cwd();
    try {
      await writeFile(path.join(folder, ".env"), "IB_HOST=192.0.2.1\nH10_MARK=read\n");
      process.chdir(folder);
      stage = await GatewayStage.ready();
      expect(stage.peer.sessions).toBe(1);
      expect(Reflect.has(env, "H10_MARK")).toBe(false);
    } finally {
      process.chdir(before);
      await rm(folder, { recursive: true });
    }
  });
});

const lengthOf = (size: number): Buffer => {
  const header = Buffer.alloc(4);
  header.writeInt32BE(size);
  return header;
};

describe("bytes that no gateway sends", () => {
  it.each([
    ["a web server", Buffer.from("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")],
    ["a length of zero", lengthOf(0)],
    [
      "a length below zero, at which the library reads for ever",
      Buffer.concat([lengthOf(-4), Buffer.from("193\0now\0")]),
    ],
    ["a length far below zero", Buffer.concat([lengthOf(-100), Buffer.alloc(300, "x")])],
    ["a frame of 16 MB", lengthOf(16 * 1024 * 1024)],
    ["a message without its end", Buffer.concat([lengthOf(3), Buffer.from("193")])],
    ["a greeting without a version", frameOf("ready\0now\0")],
  ])("[IB7] %s instead of a greeting: a fault with its fix, and nothing hangs", async (_what, bytes) => {
    stage = await GatewayStage.set({ script: { bytes, greeting: null } });
    const error = await failureOf(stage.gateway.start());
    expect(error).toMatchObject({ code: "CONNECTION_FAILED", details: { trouble: "unreadable" } });
    expect(error.message).toMatch(/check the host and the port/);
    expect(stage.peer.heard).toEqual([]);
  });

  it.each([156, 194, 100, 1])("[IB7] version %i is told, with what to install", async (version) => {
    stage = await GatewayStage.set({ script: { greeting: `${version}\0now\0` } });
    expect(await failureOf(stage.gateway.start())).toMatchObject({
      code: "NOT_SUPPORTED",
      details: { trouble: "version" },
      message: expect.stringMatching(/157 to 193/),
    });
    expect(stage.peer.heard).toEqual([]);
  });

  it.each([157, 178, 193])("[IB7] version %i is spoken", async (version) => {
    stage = await GatewayStage.ready({ script: { greeting: `${version}\0now\0` } });
    expect(stage.gateway.serverVersion).toBe(version);
  });

  it("[IB7] a peer that never finishes the handshake is given ten seconds", async () => {
    stage = await GatewayStage.set({ script: { greeting: null } });
    const started = failureOf(stage.gateway.start());
    await stage.until(() => stage.peer.hellos === 1);
    await stage.clock.advance(10_000);
    expect(await started).toMatchObject({ code: "GATEWAY_NOT_RUNNING", details: { trouble: "no_handshake" } });
    expect((await started).message).toMatch(/enable "ActiveX and Socket Clients"/);
  });

  it("[IB7] garbage in the middle of a session ends it, and the next one is sound", async () => {
    stage = await GatewayStage.ready();
    const { gateway, peer, faults } = stage;
    peer.sayBytes(lengthOf(-4));
    await stage.until(() => gateway.session === 2);
    expect(faults).toMatchObject([{ trouble: "unreadable" }]);
    expect(gateway.state.kind).toBe("ready");
  });

  it.each([
    ["an order status that breaks off", [3, 1, "Submitted"]],
    ["one with a field too many", [9, 1, 5, "more"]],
    ["one of no known kind", [9_999, 1]],
    ["an error without a number", [4, 2, "x", "y"]],
    ["a list with fewer than no entries, at which the library throws", [93, 26, -1, "left"]],
  ])("[IB8] %s is told as unreadable, for what it said is lost; the next is read", async (_what, fields) => {
    stage = await GatewayStage.ready();
    const { gateway, peer } = stage;
    let isTold = false;
    const ids: number[] = [];
    gateway.on("unreadable", () => (isTold = true));
    gateway.on("nextValidId", (id) => ids.push(id));
    peer.say(...fields);
    peer.say(9, 1, 6);
    await stage.until(() => ids.includes(6));
    expect([isTold, gateway.session, gateway.state.kind]).toEqual([true, 1, "ready"]);
  });

  it("[IB8] what comes byte by byte, and all at once, is the same", async () => {
    stage = await GatewayStage.ready();
    const { gateway, peer } = stage;
    const ids: number[] = [];
    gateway.on("nextValidId", (id) => ids.push(id));
    const bytes = Buffer.concat([frameOf("9\x001\x0011\0"), frameOf("9\x001\x0012\0")]);
    for (const byte of bytes) {
      peer.sayBytes(Buffer.from([byte]));
      await stage.clock.advance(1);
    }
    peer.sayBytes(bytes);
    await stage.until(() => ids.length === 4);
    expect(ids).toEqual([11, 12, 11, 12]);
  });

  it("[IB8] what follows the handshake in the same packet is heard", async () => {
    const text = [GREETING, ...LOGIN.map((line) => line.map((each) => `${each}\0`).join(""))];
    stage = await GatewayStage.set({
      script: { greeting: null, bytes: Buffer.concat([...text, "9\x001\x0077\0"].map(frameOf)) },
    });
    await stage.gateway.start();
    expect(stage.gateway.nextValidId).toBe(77);
  });
});
