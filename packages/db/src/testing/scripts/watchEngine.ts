// Watches an engine that answers, says LOOK as often as it looks, and at the end of its input whether the engine was lost.
import { SystemClock } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { once } from "node:events";
import { Engine } from "../../embedded/Engine.ts";

const HASTE = 50;
const ENGINE = `import { parentPort } from "node:worker_threads";
parentPort.on("message", (message) => parentPort.postMessage(message === "alive?" ? "alive" : "closed"));
parentPort.postMessage("ready");`;

const system = new SystemClock();
const clock: Clock = {
  now: () => system.now(),
  monotonic: () => system.monotonic(),
  sleep: (delayMs, options) => system.sleep(delayMs / HASTE, options),
  setTimer: (delayMs, callback) =>
    system.setTimer(delayMs / HASTE, () => {
      process.stdout.write("LOOK\n");
      callback();
    }),
};
let lost = "not lost";
const engine = await Engine.start(
  { dataDirectory: "", socketPath: "", clock },
  new URL(`data:text/javascript,${encodeURIComponent(ENGINE)}`),
);
void engine.lost.then((why) => (lost = why.message));
await once(process.stdin.resume(), "end");
process.stdout.write(`${lost}\n`);
await engine.close();
