import { ReplayFeed } from "../src/feeds/replay/ReplayFeed.ts";
import type { MalformedRow } from "../src/feeds/replay/TapeRow.ts";
import { SystemClock } from "../src/SystemClock.ts";

/** Replays a folder at full speed to one listener, and prints ticks a second and memory: `node --import tsx bench/replay.ts FOLDER`. */
async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error("usage: node --import tsx bench/replay.ts FOLDER");
  const clock = new SystemClock();
  const malformed: MalformedRow[] = [];
  await using feed = new ReplayFeed({ clock, folder, speed: "max", report: (row) => malformed.push(row) });
  let heard = 0;
  feed.subscribeAll(() => {
    heard += 1;
  });
  const startedAt = clock.monotonic();
  let peakBytes = 0;
  await feed.start();
  while (feed.progress.state !== "ended") {
    await clock.sleep(20);
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }
  const seconds = (clock.monotonic() - startedAt) / 1000;
  const perSecond = Math.round(heard / seconds).toLocaleString("en");
  console.log(`${feed.description.label}: ${heard.toLocaleString("en")} ticks in ${seconds.toFixed(2)} s, ${perSecond} a second`);
  console.log(`peak resident memory ${Math.round(peakBytes / 2 ** 20)} MiB; ${malformed.length} malformed rows`);
  for (const instrument of feed.instruments()) {
    const [day] = await feed.bars({ symbol: instrument.symbol, timeframe: "1d", limit: 1 });
    console.log(`${instrument.symbol}: ${JSON.stringify(day)}`);
  }
}

await main(process.argv[2]);
