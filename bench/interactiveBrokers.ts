import { benchComparisons } from "./comparisons.ts";
import type { Row } from "./Row.ts";

/** The Interactive Brokers adapter beside the bare library: decoding alone, then all of it over sockets. */
export function benchInteractiveBrokers(): readonly Row[] {
  return benchComparisons([
    { folder: "packages/brokers", file: "bench/interactiveBrokersTicks.ts", args: ["--json"] },
    { folder: "packages/simulators", file: "bench/interactiveBrokers.ts" },
  ]);
}
