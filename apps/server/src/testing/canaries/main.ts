// `pnpm sweep:canaries --runs N`: secrets into every procedure, every way to fail and the environment of the web app's build;
// the count last, 1 where one came out.
import { parseArgs } from "node:util";
import { buildWithCanaries } from "./buildWithCanaries.ts";
import { plantCanaries } from "./plantCanaries.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "1000" } } });
const runs = Number(values.runs);
const { leaks, ...count } = await plantCanaries(runs);
const bundle = await buildWithCanaries(runs);
const all = [...leaks, ...bundle.leaks.map((name) => `bundle: ${name}`)];
for (const leak of all) process.stdout.write(`${leak}\n`);
process.stdout.write(`${JSON.stringify({ ...count, bundle: bundle.searched, leaks: all.length })}\n`);
process.exit(all.length > 0 ? 1 : 0);
