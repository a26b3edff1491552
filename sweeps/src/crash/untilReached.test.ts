import { expect, it } from "vitest";
import { PointNotReached } from "./PointNotReached.ts";
import { untilReached } from "./untilReached.ts";

/** A run that misses its point so often. */
function missing(times: number) {
  let runs = 0;
  const missed: string[] = [];
  const run = (): Promise<string> => {
    runs += 1;
    return runs > times ? Promise.resolve("done") : Promise.reject(new PointNotReached("C8", 2, `run ${runs}`));
  };
  return { run, missed, onMissed: ({ message }: PointNotReached) => missed.push(message), runs: () => runs };
}

it("[SV520] a run that never came to its point is said to be, and done again", async () => {
  const { run, missed, onMissed } = missing(2);
  await expect(untilReached(run, onMissed)).resolves.toBe("done");
  expect(missed).toEqual([
    "the desk was not killed at C8 (2), and nothing goes on there any more; run 1",
    "the desk was not killed at C8 (2), and nothing goes on there any more; run 2",
  ]);
});

it("[SV520] one that misses it three times fails", async () => {
  const { run, onMissed, runs } = missing(9);
  await expect(untilReached(run, onMissed)).rejects.toThrow(PointNotReached);
  expect(runs()).toBe(3);
});

it("[SV520] one that fails otherwise is not done again", async () => {
  let runs = 0;
  const run = (): Promise<never> => {
    runs += 1;
    return Promise.reject(new Error("anything else"));
  };
  await expect(untilReached(run, () => undefined)).rejects.toThrow("anything else");
  expect(runs).toBe(1);
});
