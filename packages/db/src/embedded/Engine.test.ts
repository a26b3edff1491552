import { expect, test } from "vitest";
import { Engine } from "./Engine.ts";

/** A thread that says that it is ready, and then does this. */
const program = (then: string): URL =>
  new URL(`data:text/javascript,import{parentPort}from"node:worker_threads";parentPort.postMessage("ready");${then}`);
const options = { dataDirectory: "", socketPath: "" };

test.each([
  ["throws", `throw new Error("out of memory")`, "out of memory"],
  ["ends", "process.exit(3)", "the database engine ended with code 3"],
])("[DB131] an engine whose thread %s is lost, says why and is closed", async (_how, then, why) => {
  await using engine = await Engine.start(options, program(then));
  expect((await engine.lost).message).toBe(why);
  await engine.close();
});

test("[DB131] one that was closed is not lost", async () => {
  const engine = await Engine.start(
    options,
    program(`parentPort.once("message",()=>parentPort.postMessage("closed"))`),
  );
  await engine.close();
  expect(await Promise.race([engine.lost, Promise.resolve("not lost")])).toBe("not lost");
});
