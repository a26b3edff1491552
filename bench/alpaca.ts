import { benchComparisons } from "./comparisons.ts";
import type { Row } from "./Row.ts";

/** The Alpaca adapter beside Alpaca's own client. */
export function benchAlpaca(): readonly Row[] {
  const scripts = ["alpacaDecode", "alpacaRest", "alpacaStream"];
  return benchComparisons(
    scripts.map((name) => ({ folder: "packages/brokers", file: `bench/${name}.ts`, args: ["--json"] })),
  );
}
