import { benchComparisons } from "./comparisons.ts";
import type { Row } from "./Row.ts";

/** What the audit log costs an order, and how long a million of its rows take to verify. */
export function benchAudit(): readonly Row[] {
  return benchComparisons(
    ["auditCost", "auditVerify"].map((name) => ({ folder: "apps/server", file: `bench/${name}.ts` })),
  );
}
