// Measures the desk and prints one table: `npm run bench -- [--tape FOLDER] [--database URL] [--write]`.
// --tape measures the replay of a recorded day; --write puts the table into docs/benchmarks.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchBundle } from "./bundle.ts";
import { benchPaper, benchReplay } from "./core.ts";
import { benchIdleMemory } from "./idleMemory.ts";
import type { Row } from "./Row.ts";
import { benchStartup } from "./startup.ts";

const DOCUMENT = path.resolve(fileURLToPath(import.meta.url), "../../docs/benchmarks.md");
const BEGIN = "<!-- table: begin -->";
const END = "<!-- table: end -->";

const { values: options } = parseArgs({
  options: { tape: { type: "string" }, database: { type: "string" }, write: { type: "boolean", default: false } },
});

const rows: Row[] = [];
for (const [name, bench] of [
  ["paper exchange", async () => benchPaper()],
  ["replay", async () => (options.tape === undefined ? [] : benchReplay(options.tape))],
  ["bundle", async () => benchBundle()],
  ["start-up", benchStartup],
  ["memory", () => benchIdleMemory(options.database)],
] as const) {
  process.stderr.write(`${name}…\n`);
  rows.push(...(await bench()));
}
if (options.tape === undefined) process.stderr.write("replay: left out, because no --tape FOLDER was given\n");

const table = [
  "| what | figure | held against | that | ratio | how |",
  "|---|---:|---|---:|---:|---|",
  ...rows.map(
    ({ what, value, unit, against, reference, note }) =>
      `| ${what} | ${number(value)} ${unit} | ${against} | ${number(reference)} ${unit} | ${(value / reference).toFixed(2)} | ${note} |`,
  ),
].join("\n");
const machine = `Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release().split("-")[0] ?? ""}, ${new Date().toISOString().slice(0, 10)}`;
process.stdout.write(`${table}\n\n${machine}\n`);

if (options.write) {
  const text = readFileSync(DOCUMENT, "utf8");
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const after = text.slice(text.indexOf(END));
  writeFileSync(DOCUMENT, `${before}\n${table}\n\nMeasured on: ${machine}.\n${after}`);
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
