// Ten people who sign in at once, again and again, beside one hash by itself; and how long the event loop stood still:
// `node --import tsx bench/signIn.ts [--store embedded|server] [--rounds 30]`.
import { fork } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { Passwords } from "../src/auth/Passwords.ts";
import { createTestClient } from "../src/testing/createTestClient.ts";
import { createTestDesk } from "../src/testing/createTestDesk.ts";
import { OWNER, setUp } from "../src/testing/people.ts";
import { openBenchStore } from "./openBenchStore.ts";
import { percentile } from "./percentile.ts";
import type { SignInTask } from "./signInLoad.ts";

const PEOPLE = 10;
/** The resolution of the loop's own measure, which is part of what it says. */
const RESOLUTION_MS = 1;

/** Ten people who are made at once are no guesses. */
const UNLIMITED = { perSecond: 1e6, burst: 1e6 };

const { values } = parseArgs({
  options: { store: { type: "string", default: "embedded" }, rounds: { type: "string", default: "30" } },
});

await using store = await openBenchStore(values.store);
await using desk = await createTestDesk({ store, buckets: { password: UNLIMITED } });
await using owner = createTestClient(desk.url);
await setUp(owner);
const people = Array.from({ length: PEOPLE }, (_, index) => `person-${index}`);
for (const username of people) {
  await owner.api.auth.createUser.mutate({ username, password: OWNER.password, role: "trader" });
}
print("one hash by itself", await oneHash());
const task = { url: desk.url, people, password: OWNER.password, rounds: Number(values.rounds) } satisfies SignInTask;
await run({ ...task, rounds: 2 });
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const times = await run(task);
delay.disable();
print(`sign-in, ${PEOPLE} at once, ${values.store}: p50`, percentile(times, 0.5));
print(`sign-in, ${PEOPLE} at once, ${values.store}: p99`, percentile(times, 0.99));
print("longest stall of the event loop", delay.max / 1e6 - RESOLUTION_MS);

async function run(load: SignInTask): Promise<readonly number[]> {
  const child = fork(fileURLToPath(new URL("./signInLoad.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
  child.send(load);
  const [answer]: unknown[] = await once(child, "message");
  return z.array(z.number()).parse(answer);
}

async function oneHash(): Promise<number> {
  const passwords = await Passwords.create();
  const hashed = await passwords.hash(OWNER.password);
  const from = performance.now();
  for (let count = 0; count < 20; count += 1) await passwords.verify(hashed, OWNER.password);
  return (performance.now() - from) / 20;
}

function print(name: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value * 100) / 100, unit: "ms" })}\n`);
}
