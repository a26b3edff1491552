import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

/** Ends a connection and resets it in the same breath, closes everything, and has nothing left to do. */
const PROGRAM = `
import { createServer, connect } from "node:net";
import { once } from "node:events";
import { WireProxy } from ${JSON.stringify(new URL("./WireProxy.ts", import.meta.url).href)};

const broker = createServer((socket) => socket.on("error", () => undefined));
broker.listen(0, "127.0.0.1");
await once(broker, "listening");
const proxy = await WireProxy.open("http://127.0.0.1:" + broker.address().port);
proxy.tamper = () => ({ toBroker: (_, line) => { line.desk.end(); line.broker.end(); line.reset(); return null; } });
const desk = connect(Number(new URL(proxy.url).port), "127.0.0.1");
desk.on("error", () => undefined);
desk.write("an order");
await once(desk, "close");
await proxy[Symbol.asyncDispose]();
broker.close();
`;

it("[SV381] a connection that is reset while it ends leaves nothing behind: its process comes to an end", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM], {
    stdio: ["ignore", "ignore", "inherit"],
    killSignal: "SIGKILL",
    timeout: 120_000,
  });
  expect(await once(child, "exit")).toEqual([0, null]);
});
