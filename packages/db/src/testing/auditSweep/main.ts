// `pnpm sweep:audit --runs N --seed S [--store embedded|postgres]`: changes to the audit log, each of which must be found and
// named; the count last, 1 where one was not.
import { parseArgs } from "node:util";
import { sweepAudit } from "./sweepAudit.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    store: { type: "string", default: "embedded" },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const store = values.store === "postgres" ? "postgres" : "embedded";
const count = await sweepAudit({ runs, seed, store, onMiss: (line) => void process.stdout.write(`${line}\n`) });
process.stdout.write(`${JSON.stringify({ seed, store, ...count })}\n`);
if (count.found < runs || count.named < runs) process.exitCode = 1;
