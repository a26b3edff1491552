import { afterAll, expect, it } from "vitest";
import { planCrash } from "./planCrash.ts";
import { sweepCrashes } from "./sweepCrashes.ts";

/** From the claim of an order to the booking of its answer, C6 to C11; `pnpm sweep:crash` goes through all twelve points. */
const SEED = 17;
const RUNS = 6;
const lines: string[] = [];
afterAll(() => void process.stdout.write(`crash sweep, seed ${SEED}:\n${lines.join("\n")}\n`));

it("[SV140] a desk that is killed on an order's way loses, doubles and orphans nothing", async () => {
  const tally = await sweepCrashes({
    runs: RUNS,
    seed: SEED,
    store: "embedded",
    broker: "alpaca",
    lanes: 2,
    onRun: (line) => lines.push(line),
  });
  expect(JSON.parse(tally.line())).toEqual({
    runs: RUNS,
    lost: 0,
    duplicated: 0,
    orphaned: 0,
    invariantBreaches: 0,
    unresolved: 0,
    repeated: expect.any(Number),
    seed: SEED,
  });
});

it("[SV154] nor does one at Interactive Brokers that dies before it has booked an answer", async () => {
  // At C10, the second time that it is there.
  const sweep = { runs: 1, seed: 9, store: "embedded", broker: "interactive_brokers", lanes: 1 } as const;
  const tally = await sweepCrashes({ ...sweep, onRun: (line) => lines.push(line) });
  expect(JSON.parse(tally.line())).toMatchObject({ runs: 1, invariantBreaches: 0, unresolved: 0 });
});

it("[SV140] a seed says what a run does", () => {
  expect(planCrash(7, "C8")).toEqual(planCrash(7, "C8"));
  expect(
    new Set(Array.from({ length: 50 }, (_, seed) => JSON.stringify({ ...planCrash(seed, "C8"), seed: 0 }))).size,
  ).toBeGreaterThan(40);
});
