import { expect, it } from "vitest";
import { sweepInterleavings } from "./sweepInterleavings.ts";

const SEED = 1;
const RUNS = 60;

it("[SV142] in whatever order things happen, an order is claimed before each write, never late, and agrees with its broker", async () => {
  const faults: string[] = [];
  const count = await sweepInterleavings({ runs: RUNS, seed: SEED, onFault: (line) => faults.push(line) });
  process.stdout.write(`interleavings, seed ${SEED}: ${JSON.stringify(count)}\n`);
  expect(faults).toEqual([]);
  expect(count.runs).toBe(RUNS);
});

it("[SV142] the same seed twice is the same run", async () => {
  const run = () => sweepInterleavings({ runs: 8, seed: 100, onFault: () => undefined });
  const [first, second] = [await run(), await run()];
  expect(second.hash).toBe(first.hash);
  const other = await sweepInterleavings({ runs: 8, seed: 200, onFault: () => undefined });
  expect(other.hash).not.toBe(first.hash);
});

it.each([
  ["no_validity", / ms late$/m],
  ["back_to_intent", / written again, and nobody had asked for it$/m],
  ["believed_cancel", / told to be canceled, and is submitted there$/m],
  ["old_lives_on", / lives \d times$/m],
  ["unheeded_halt", / went after the halt$/m],
  ["untold_halt", / went after the halt$/m],
] as const)("[SV380] a desk with the fault %s is found", async (plant, fault) => {
  const faults: string[] = [];
  await sweepInterleavings({ runs: RUNS, seed: SEED, plant, onFault: (line) => faults.push(line) });
  process.stdout.write(`${plant}, seed ${SEED}: found in ${faults.length} of ${RUNS} runs\n`);
  expect(faults.some((line) => fault.test(line))).toBe(true);
});
