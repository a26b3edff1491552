import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchResult } from "./BenchResult.ts";
import { benchPaperRestore } from "./paperRestore.ts";
import { benchPaperScales } from "./paperScale.ts";
import { benchPaperThroughput } from "./paperThroughput.ts";

/** Each is run once to warm up and once to be measured; a line of JSON an answer. */
const BENCHES: readonly (() => BenchResult)[] = [benchPaperThroughput, benchPaperRestore];

for (const bench of BENCHES) {
  bench();
  process.stdout.write(`${JSON.stringify(bench())}\n`);
}

for (const result of benchPaperScales()) process.stdout.write(`${JSON.stringify(result)}\n`);

/** The replay needs a tape, and a process of its own so that its memory is only its own. */
const [, , tapeFolder] = process.argv;
if (tapeFolder !== undefined) {
  const replay = fileURLToPath(new URL("replay.ts", import.meta.url));
  const { status } = spawnSync(process.execPath, ["--import", "tsx", replay, tapeFolder], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
