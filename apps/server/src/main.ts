import { SystemClock } from "@trenddojo/brokers";
import { bootErrorLines } from "./bootErrorLines.ts";
import { createLogger } from "./createLogger.ts";
import { readEnv } from "./env.ts";
import { openDesk } from "./openDesk.ts";
import { stopWithParent } from "./stopWithParent.ts";

/** A stop that takes longer is cut short; what was acknowledged is stored by then. */
const STOP_MS = 15_000;

async function main(): Promise<void> {
  const env = readEnv();
  const log = createLogger(env.LOG_LEVEL);
  const clock = new SystemClock();
  // What was under way is as after a crash, and the next desk on these data makes it good.
  const started = openDesk(env, log, (error) => {
    process.stderr.write(bootErrorLines(error));
    process.exit(1);
  });

  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    clock.setTimer(STOP_MS, () => process.exit(1));
    started
      .then((server) => server.close())
      .then(
        () => process.exit(0),
        (err: unknown) => {
          log.error({ err }, "the desk did not stop cleanly");
          process.exit(1);
        },
      );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  if (env.DESK_PARENT_PID !== undefined) stopWithParent(env.DESK_PARENT_PID, clock, stop);
  process.on("unhandledRejection", (err) => log.error({ err }, "a promise was rejected and nobody looked"));

  const server = await started;
  if (!isStopping) process.stdout.write(`TrendDojo is listening on ${server.url}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(bootErrorLines(error));
  process.exit(1);
}
