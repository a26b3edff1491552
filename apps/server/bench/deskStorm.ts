// A thousand signed-in clients that come to a whole desk at once, and again after all were cut:
// `node --import tsx bench/deskStorm.ts [--clients 1000] [--store embedded|server]`. Each has tRPC's own client,
// fetches a ticket, opens its socket and watches twenty symbols. One JSON line a figure. The limits on calls are lifted: on one
// machine all clients have one address.
import { fork } from "node:child_process";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createTestClient } from "../src/testing/createTestClient.ts";
import { createTestDesk } from "../src/testing/createTestDesk.ts";
import type { StormReport, StormTask } from "./deskStormLoad.ts";
import { heardFrom } from "./heardFrom.ts";
import { JumpingClock } from "./JumpingClock.ts";
import { makePeople, PASSWORD } from "./makePeople.ts";
import { openBenchStore } from "./openBenchStore.ts";
import { percentile } from "./percentile.ts";

/** The desk lets a person have so many. */
const SOCKETS_A_PERSON = 10;
/** Between two sign-ins of one address, so that the limit on guesses of passwords does not hold. */
const SIGN_IN_MS = 13_000;

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "1000" },
    store: { type: "string", default: "embedded" },
  },
});

await using store = await openBenchStore(values.store);
const clock = new JumpingClock();
await using desk = await createTestDesk({ store, clock });
const cookies: string[] = [];
for (const username of await makePeople(desk.url, clock, Math.ceil(Number(values.clients) / SOCKETS_A_PERSON))) {
  await using client = createTestClient(desk.url);
  await client.api.auth.signIn.mutate({ username, password: PASSWORD });
  cookies.push(client.cookie());
  clock.jump(SIGN_IN_MS);
}
const load = fork(fileURLToPath(new URL("deskStormLoad.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
const heard = heardFrom<StormReport>(load);
const task: StormTask = { url: desk.url, cookies, clients: Number(values.clients) };
const loop = monitorEventLoopDelay({ resolution: 1 });
load.send(task);
for (const phase of ["comes", "is back after a cut"] as const) {
  await heard("ready");
  loop.enable();
  loop.reset();
  load.send("go");
  const { wholeAfterMs } = await heard("whole");
  // The histogram counts the millisecond that it sleeps.
  const stallMs = Math.max(0, loop.max / 1e6 - 1);
  print(`${values.clients} clients, who ${phase}: a whole snapshot, p50`, percentile(wholeAfterMs, 0.5));
  print(`${values.clients} clients, who ${phase}: a whole snapshot, p99`, percentile(wholeAfterMs, 0.99));
  print(`${values.clients} clients, who ${phase}: a whole snapshot, the last`, percentile(wholeAfterMs, 1));
  print(`${values.clients} clients, who ${phase}: the longest stall of the loop`, stallMs);
}
load.disconnect();

function print(name: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value * 100) / 100, unit: "ms" })}\n`);
}
