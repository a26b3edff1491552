// `pnpm sweep:rotation --credentials N --kills N --seed S`: the count last, 1 where a read failed or a secret was lost.
import { parseArgs } from "node:util";
import { sweepRotation } from "./sweepRotation.ts";

const { values } = parseArgs({
  options: {
    credentials: { type: "string", default: "10000" },
    kills: { type: "string", default: "40" },
    seed: { type: "string", default: "20261123" },
  },
});
const [credentials, kills, seed] = [Number(values.credentials), Number(values.kills), Number(values.seed)];
const startedAt = performance.now();
const onKill = (line: string): void => void process.stdout.write(`${line}\n`);
const { failures, killedAt: _, ...count } = await sweepRotation({ credentials, kills, seed, onKill });
for (const failure of failures) process.stdout.write(`${failure}\n`);
const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
process.stdout.write(`${JSON.stringify({ seed, ...count, failedReads: failures.length, seconds })}\n`);
const isHeld = failures.length === 0 && count.opened === credentials && count.kills === kills && !count.isRotating;
process.exitCode = isHeld ? 0 : 1;
