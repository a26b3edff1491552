import { parseArgs } from "node:util";
import { sweepWall } from "../src/testing/wall/sweepWall.ts";

/** `--runs` hostile combinations (default 100,000) from `--seed` (default 1); 1 where one dials real money. */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const cases = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed) || Math.abs(seed) > 2 ** 31 - 1) {
  process.stderr.write("usage: sweep:wall --runs N --seed S, both whole numbers, N above zero\n");
  process.exitCode = 2;
} else {
  process.stdout.write(`seed ${seed}\n`);
  const startedAt = performance.now();
  const count = await sweepWall({ cases, seed });
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ seed, ...count, seconds })}\n`);
  if (count.dialled.length > 0 || count.liveBytes > 0 || !count.control.isCaught) process.exitCode = 1;
}
