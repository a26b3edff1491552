import type { BenchResult } from "./BenchResult.ts";
import { benchPaperRestore } from "./paperRestore.ts";
import { benchPaperThroughput } from "./paperThroughput.ts";

/** Every benchmark that needs no data of its own; each is run once to warm up and once to be measured. */
const BENCHES: readonly (() => BenchResult)[] = [benchPaperThroughput, benchPaperRestore];

for (const bench of BENCHES) {
  bench();
  process.stdout.write(`${JSON.stringify(bench())}\n`);
}
