// Measures the desk and prints one table: `npm run bench -- [--tape FOLDER] [--database URL] [--only NAME,NAME] [--write]`.
// --tape measures the replay of a recorded day; --only takes some of the measurements, by the names that are told as they
// begin; --write puts the table into docs/benchmarks.md, and only the whole of it.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchAlpaca } from "./alpaca.ts";
import { benchAudit } from "./audit.ts";
import { benchBundle } from "./bundle.ts";
import { benchPaper, benchReplay } from "./core.ts";
import { benchIdleMemory } from "./idleMemory.ts";
import { benchInteractiveBrokers } from "./interactiveBrokers.ts";
import { benchBoot, benchCancels, benchOrderPath, benchRisk } from "./orders.ts";
import type { Row } from "./Row.ts";
import { benchStartup } from "./startup.ts";

const DOCUMENT = path.resolve(fileURLToPath(import.meta.url), "../../docs/benchmarks.md");
const BEGIN = "<!-- table: begin -->";
const END = "<!-- table: end -->";

const { values: options } = parseArgs({
  options: {
    tape: { type: "string" },
    database: { type: "string" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

const rows: Row[] = [];
for (const [name, bench] of [
  ["paper exchange", async () => benchPaper()],
  ["replay", async () => (options.tape === undefined ? [] : benchReplay(options.tape))],
  ["Alpaca", async () => benchAlpaca()],
  ["Interactive Brokers", async () => benchInteractiveBrokers()],
  ["risk gate and kill switch", async () => benchRisk()],
  ["cancels", async () => benchCancels()],
  ["order path", async () => benchOrderPath()],
  ["boot", async () => benchBoot()],
  ["audit", async () => benchAudit()],
  ["bundle", async () => benchBundle()],
  ["start-up", benchStartup],
  ["memory", () => benchIdleMemory(options.database)],
] as const) {
  if (!(options.only ?? name).split(",").includes(name)) continue;
  process.stderr.write(`${name}…\n`);
  const startedAt = performance.now();
  try {
    rows.push(...(await bench()));
  } catch (error) {
    // The others are worth having all the same.
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
  process.stderr.write(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s\n`);
}
if (options.tape === undefined) process.stderr.write("replay: left out, because no --tape FOLDER was given\n");

const table = [
  "| what | figure | held against | that | ratio | how | command |",
  "|---|---:|---|---:|---:|---|---|",
  ...rows.map(
    ({ what, value, unit, against, reference, note, command }) =>
      `| ${what} | ${number(value)} ${unit} | ${against} | ${number(reference)} ${unit} | ${(value / reference).toFixed(2)} | ${note} | \`${command}\` |`,
  ),
].join("\n");
const machine = `Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release().split("-")[0] ?? ""}, ${new Date().toISOString().slice(0, 10)}`;
process.stdout.write(`${table}\n\n${machine}\n`);

if (options.write && options.only === undefined) {
  const text = readFileSync(DOCUMENT, "utf8");
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const after = text.slice(text.indexOf(END));
  writeFileSync(DOCUMENT, `${before}\n${table}\n\nMeasured on: ${machine}.\n${after}`);
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
