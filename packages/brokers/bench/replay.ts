import { ReplayFeed } from "../src/feeds/replay/ReplayFeed.ts";
import { ReplayError } from "../src/feeds/replay/ReplayError.ts";
import { SystemClock } from "../src/SystemClock.ts";
import type { BenchResult } from "./BenchResult.ts";

/**
 * Ticks a second of a tape at full speed, with one listener of all symbols: unpacking, parsing, merging, sale
 * conditions, bars and delivery. The resident memory is the whole process's, tsx included.
 */
async function benchReplay(folder: string): Promise<BenchResult> {
  const clock = new SystemClock();
  await using feed = new ReplayFeed({ clock, folder, speed: "max", report: () => undefined });
  let heard = 0;
  feed.subscribeAll(() => {
    heard += 1;
  });
  const startedAt = clock.monotonic();
  let peakBytes = 0;
  await feed.start();
  while (feed.progress.state !== "ended") {
    await clock.sleep(5);
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }
  const elapsedMs = clock.monotonic() - startedAt;
  const symbols = feed.instruments().length;
  const { malformedRows } = feed.progress;
  return {
    name: feed.description.label,
    value: Math.round((heard / elapsedMs) * 1000),
    unit: "ticks/s",
    details: {
      ticks: heard,
      symbols,
      malformedRows,
      elapsedMs: Math.round(elapsedMs),
      peakRssMiB: Math.round(peakBytes / 2 ** 20),
    },
  };
}

const [, , folder] = process.argv;
try {
  if (folder === undefined) throw new ReplayError("INVALID_OPTION", "usage: node --import tsx bench/replay.ts FOLDER");
  process.stdout.write(`${JSON.stringify(await benchReplay(folder))}\n`);
} catch (error) {
  if (!(error instanceof ReplayError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
