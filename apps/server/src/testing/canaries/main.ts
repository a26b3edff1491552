// `pnpm sweep:canaries --count N`: secrets into every procedure and every way to fail; the count last, 1 where one came out.
import { parseArgs } from "node:util";
import { plantCanaries } from "./plantCanaries.ts";

const { values } = parseArgs({ options: { count: { type: "string", default: "1000" } } });
const { leaks, ...count } = await plantCanaries(Number(values.count));
for (const leak of leaks) process.stdout.write(`${leak}\n`);
process.stdout.write(`${JSON.stringify({ ...count, leaks: leaks.length })}\n`);
process.exit(leaks.length > 0 ? 1 : 0);
