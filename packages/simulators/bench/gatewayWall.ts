import { parseArgs } from "node:util";
import { sweepGatewayWall } from "../src/tws/testing/sweepGatewayWall.ts";

/** `--runs` wrong configurations (default 10,000) from `--seed` (default 1); 1 where an order gets to real money. */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const [cases, seed] = [Number(values.runs), Number(values.seed)];
const startedAt = performance.now();
const count = await sweepGatewayWall({ cases, seed });
const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
process.stdout.write(`${JSON.stringify({ seed, ...count, seconds })}\n`);
if (count.liveOrders > 0 || count.control !== 1) process.exitCode = 1;
