import { FakeClock } from "@trenddojo/brokers/testing";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createDb } from "../createDb.ts";
import { ping } from "../ping.ts";
import { spawnScript } from "../testing/spawnScript.ts";
import { Engine } from "./Engine.ts";

/** A thread that says that it is ready, and then does this. */
const program = (then: string): URL =>
  moduleOf(`import { parentPort } from "node:worker_threads"; parentPort.postMessage("ready"); ${then}`);
const moduleOf = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
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

test("[DB150] an engine whose thread lives and does nothing any more is lost, says so and is closed", async () => {
  const clock = new FakeClock();
  await using engine = await Engine.start({ ...options, clock }, program("for(;;);"));
  let lost: Error | null = null;
  void engine.lost.then((why) => (lost = why));
  await clock.advance(30_000);
  expect(lost).toBeNull();
  await clock.advance(1_000);
  expect((await engine.lost).message).toBe("the database engine has given no sign of life for 30 s");
  await engine.close();
});

test("[DB150] a sign of life that comes as it is closed is not the answer to that", async () => {
  const clock = new FakeClock();
  // It answers what it was asked only when it is told to close.
  const late = `let asked=0;parentPort.on("message",(message)=>{if(message==="alive?")asked+=1;
    else{while(asked-->0)parentPort.postMessage("alive");parentPort.postMessage("closed")}})`;
  const engine = await Engine.start({ ...options, clock }, program(late));
  await clock.advance(2_000);
  await expect(engine.close()).resolves.toBeUndefined();
});

test("[DB150] one whose whole process was stopped for longer, and goes on, is not lost", async () => {
  await using watching = spawnScript("watchEngine.ts", []);
  const looks = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= 1) expect(await watching.nextLine()).toBe("LOOK");
  };
  await looks(3);
  watching.kill("SIGSTOP");
  // Sixty looks, for the script's clock goes fifty times as fast.
  spawnSync("sleep", ["1.2"]);
  watching.kill("SIGCONT");
  await looks(40);
  watching.end();
  const said = await watching.rest();
  expect(said.at(-1)).toBe("not lost");
  expect(await watching.ended).toBe(0);
});

test("[DB150] the engine itself gives signs of life between statements, and once it gives none its database is lost", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "trenddojo-stuck-"));
  const clock = new FakeClock();
  try {
    await using store = await createDb({ dataDir, clock });
    for (let looks = 0; looks < 90; looks += 1) {
      await clock.advance(1_000);
      await ping(store.db);
    }
    expect(await Promise.race([store.lost, Promise.resolve("not lost")])).toBe("not lost");
    const stuck = store.db.execute(sql`select pg_sleep(3600)`).catch(() => "failed");
    await clock.advance(32_000);
    expect(await store.lost).toMatchObject({ code: "DATABASE_LOST", message: expect.stringContaining("sign of life") });
    await store.close();
    expect(await stuck).toBe("failed");
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
