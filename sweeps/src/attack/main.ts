// `pnpm attack [--seconds N] [--size N] [--only NAME] [--control]`: a table, the figures as one line of JSON, 1 where a goal is missed.
import { parseArgs } from "node:util";
import type { AttackRow } from "./runAttacks.ts";
import { runAttacks } from "./runAttacks.ts";

const GOAL = { ratio: 2, rssMiB: 512, slowestOrderMs: 1_000 };

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "15" },
    size: { type: "string", default: "200" },
    only: { type: "string" },
    control: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds);
const size = Number(values.size);
if (!(seconds >= 1 && seconds <= 600 && Number.isInteger(size) && size >= 1 && size <= 2_000)) {
  process.stderr.write("usage: pnpm attack [--seconds 1..600] [--size 1..2000] [--only NAME] [--control]\n");
  process.exit(2);
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const cell = (value: number): string => value.toFixed(1).padStart(9);
write(`${"attack".padEnd(27)}  calls  failed   p50 ms   p99 ms    ratio  order max   RSS MiB`);
let quiet: AttackRow | null = null;
const rows = await runAttacks({
  seconds,
  size,
  ...(values.only === undefined ? {} : { names: [values.only] }),
  isControl: values.control,
  onRow: (row) => {
    quiet ??= row;
    const ratio = row.p99 / quiet.p99;
    const counts = `${String(row.calls).padStart(6)}${String(row.failures.length).padStart(8)}`;
    write(
      `${row.attack.padEnd(27)} ${counts}${cell(row.p50)}${cell(row.p99)}${cell(ratio)}  ${cell(row.slowestOrder)} ${cell(row.rssMiB)}`,
    );
    for (const [what, times] of Object.entries(row.tally)) write(`${" ".repeat(29)}${times} × ${what}`);
    for (const failure of new Set(row.failures)) write(`${" ".repeat(29)}not served: ${failure}`);
  },
});
const basis = rows[0]?.p99 ?? 0;
const worst = {
  ratio: Math.max(...rows.map(({ p99 }) => p99 / basis)),
  rssMiB: Math.max(...rows.map(({ rssMiB }) => rssMiB)),
  slowestOrderMs: Math.max(...rows.map(({ slowestOrder }) => slowestOrder)),
  failures: rows.reduce((sum, { failures }) => sum + failures.length, 0),
};
const isMet =
  worst.ratio <= GOAL.ratio &&
  worst.rssMiB <= GOAL.rssMiB &&
  worst.slowestOrderMs <= GOAL.slowestOrderMs &&
  worst.failures === 0;
write(JSON.stringify({ seconds, size, worst, goal: GOAL, isMet }));
if (!isMet) process.exitCode = 1;
