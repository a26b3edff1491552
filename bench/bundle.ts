import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "./Row.ts";

const WEB = path.resolve(fileURLToPath(import.meta.url), "../../apps/web");

/** What a browser loads, gzipped, beside its budget. */
export function benchBundle(): readonly Row[] {
  const { stdout } = spawnSync(process.execPath, ["scripts/bundleSize.mjs"], { cwd: WEB, encoding: "utf8" });
  return [...stdout.matchAll(/^(.+?)\s+([\d.]+) kB gzipped of (\d+)$/gm)].map(([, what = "", value, budget]) => ({
    what: `web app: ${what.trim()}`,
    value: Number(value),
    unit: "kB",
    against: "the budget",
    reference: Number(budget),
    note: "JavaScript, gzip -9",
    command: "node apps/web/scripts/bundleSize.mjs",
  }));
}
