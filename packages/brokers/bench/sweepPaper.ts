import { parseArgs } from "node:util";
import { sweepPaper } from "../src/paper/fuzz/sweepPaper.ts";

/** Random lives of paper accounts: `--runs` random acts at least (default a million), from `--seed` (default 1). */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const acts = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(acts) || acts < 1 || !Number.isSafeInteger(seed) || Math.abs(seed) > 2 ** 31 - 1) {
  process.stderr.write("usage: sweep:paper --runs N --seed S, both whole numbers, N above zero\n");
  process.exitCode = 2;
} else {
  process.stdout.write(`seed ${seed}\n`);
  const startedAt = performance.now();
  const result = sweepPaper({ acts, seed });
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ seed, ...result, seconds })}\n`);
}
