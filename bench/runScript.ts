import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(fileURLToPath(import.meta.url), "../..");

/** Where a measurement is, and what it is told: with it anyone can take it alone. */
export interface Script {
  /** Of the repository. */
  readonly folder: string;
  readonly file: string;
  readonly args?: readonly string[];
}

/** Runs it in a process of its own. @returns its lines of JSON @throws Error where it fails */
export function runScript<Line extends object>({ folder, file, args = [] }: Script): readonly Line[] {
  const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: path.join(ROOT, folder),
    encoding: "utf8",
    // What it leaves out it says there.
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${folder}/${file} failed`);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): Line => JSON.parse(line));
}

/** As the table tells it. */
export function commandOf({ folder, file, args = [] }: Script): string {
  return [`cd ${folder} && node --import tsx`, file, ...args].join(" ");
}
