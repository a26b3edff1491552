import { expect, it } from "vitest";
import { KINDS } from "./tamper.ts";
import { sweepAudit } from "./sweepAudit.ts";

const [RUNS, SEED] = [60, 20_261_123];

it("[DB102] whatever is done to the audit log's rows is found, and the first bad row is named", async () => {
  const misses: string[] = [];
  const count = await sweepAudit({ runs: RUNS, seed: SEED, store: "embedded", onMiss: (line) => misses.push(line) });
  expect(misses).toEqual([]);
  expect(count).toMatchObject({ runs: RUNS, found: RUNS, named: RUNS });
  expect(Object.keys(count.kinds).map((name) => name.split(",")[0])).toEqual(expect.arrayContaining([...KINDS]));
}, 300_000);
