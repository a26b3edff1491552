import { afterAll, expect, it } from "vitest";
import { FAULTS } from "./planFault.ts";
import { sweepNetwork } from "./sweepNetwork.ts";

const SEED = 14;
const lines: string[] = [];
afterAll(() => void process.stdout.write(`network sweep, seed ${SEED}:\n${lines.join("\n")}\n`));

it("[SV141] whatever the wire does to orders and their answers, none is lost, doubled or orphaned", async () => {
  const runs = FAULTS.length;
  const tally = await sweepNetwork({ runs, seed: SEED, store: "embedded", onRun: (line) => lines.push(line) });
  expect(JSON.parse(tally.line())).toMatchObject({ runs, invariantBreaches: 0, unresolved: 0, seed: SEED });
});
