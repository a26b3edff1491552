// Prints what a browser loads of dist/: first load (entry, its static imports, the shell, the dashboard) and what comes later.
// Exits with 1 where a budget is exceeded. Run after `vite build`.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** Kilobytes of 1000 bytes, gzipped. */
const BUDGETS = { "first load (dashboard)": 180, chart: 65, "all JavaScript": 450 };

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000;

/** A chunk and all that it imports statically. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) closure(imported, seen);
  return seen;
}

const keyOf = (ending) => {
  const key = Object.keys(manifest).find((candidate) => candidate.endsWith(ending));
  if (key === undefined) throw new Error(`no chunk of ${ending} in the manifest`);
  return key;
};

const sum = (keys) => [...keys].reduce((total, key) => total + gzipped(manifest[key].file), 0);
const entry = closure("index.html");
const firstLoad = closure(keyOf("routes/DashboardRoute.tsx"), closure(keyOf("shell/AppShell.tsx"), new Set(entry)));
const scripts = Object.keys(manifest).filter((key) => manifest[key].file.endsWith(".js"));

const rows = [
  ["entry (sign-in)", sum(entry)],
  ["first load (dashboard)", sum(firstLoad)],
  ["chart", gzipped(manifest[keyOf("CandleChart.tsx")].file)],
  ["all JavaScript", sum(scripts)],
  ["style sheet", gzipped(manifest["index.html"].css[0])],
];

let exceeded = false;
for (const [name, kilobytes] of rows) {
  const budget = BUDGETS[name];
  exceeded ||= budget !== undefined && kilobytes > budget;
  console.log(
    `${name.padEnd(24)} ${kilobytes.toFixed(1).padStart(7)} kB gzipped${budget === undefined ? "" : ` of ${budget}`}`,
  );
}
process.exitCode = exceeded ? 1 : 0;
