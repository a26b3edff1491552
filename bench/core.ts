import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { median, type Row } from "./Row.ts";
import { commandOf, runScript, type Script } from "./runScript.ts";

const RUNS = 3;
/** The goal for the paper exchange, in order events a second on one core. */
const EVENTS_GOAL = 200_000;

interface Measured {
  readonly value: number;
  readonly unit: string;
  readonly name: string;
}

/** Paper exchange, each run in a process of its own. */
export function benchPaper(): readonly Row[] {
  const script = { folder: "packages/brokers", file: "bench/run.ts" };
  const runs = Array.from({ length: RUNS }, () => runScript<Measured>(script));
  return (runs[0] ?? []).map(({ name, unit }, index) => ({
    what: name,
    value: median(runs.map((results) => results[index]?.value ?? 0)),
    unit,
    against: index === 0 ? "the goal" : "the exchange itself, live",
    reference: index === 0 ? EVENTS_GOAL : median(runs.map((results) => results[0]?.value ?? 0)),
    note: `median of ${RUNS} processes`,
    command: commandOf(script),
  }));
}

/** A recorded day at full speed, beside unpacking its files and splitting them into lines and nothing else. */
export async function benchReplay(folder: string): Promise<readonly Row[]> {
  const script: Script = { folder: "packages/brokers", file: "bench/replay.ts", args: [path.resolve(folder)] };
  const runs: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const [result] = runScript<Measured>(script);
    if (result === undefined) throw new Error("the replay gave no result");
    runs.push(result.value);
    bare.push(await bareLines(folder));
  }
  return [
    {
      what: "replay of a recorded day at full speed",
      value: median(runs),
      unit: "ticks/s",
      against: "gunzip and readline over the same files (rows/s)",
      reference: median(bare),
      note: "parsing, merging, sale conditions, bars and delivery to one listener",
      command: commandOf({ ...script, args: ["FOLDER"] }),
    },
  ];
}

async function bareLines(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".csv.gz"));
  let rows = 0;
  const startedAt = performance.now();
  for (const file of files) {
    const lines = createInterface({ input: createReadStream(path.join(folder, file)).pipe(createGunzip()) });
    for await (const line of lines) rows += line.length > 0 ? 1 : 0;
  }
  return Math.round((rows / (performance.now() - startedAt)) * 1000);
}
