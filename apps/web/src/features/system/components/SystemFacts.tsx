import { formatDecimal } from "../../../lib/decimalText.ts";
import { formatAge } from "../../../lib/timeText.ts";
import { InstantText } from "../../../ui/InstantText.tsx";
import { StatTile } from "../../../ui/StatTile.tsx";
import { useSystemInfo } from "../api/getSystemInfo.ts";

const DATABASES = {
  embedded: "Built in, in the desk's own folder",
  server: "A PostgreSQL server",
} as const;

/** Between the desk's word and its arrival there is the network: less than this is no skew. */
const SKEW_MS = 2_000;

/** What runs here, and since when. */
export function SystemFacts() {
  const { version, node, startedAt, now, database, databaseBytes, aheadMs } = useSystemInfo();
  return (
    <dl className="grid gap-px sm:grid-cols-2 xl:grid-cols-4">
      <StatTile label="Version" detail={`on Node ${node.replace("v", "")}`}>
        {version}
      </StatTile>
      <StatTile
        label="Running for"
        detail={
          <>
            since <InstantText at={startedAt} />
          </>
        }
      >
        {formatAge(Date.parse(now) - Date.parse(startedAt))}
      </StatTile>
      <StatTile
        label="Database"
        detail={
          <span className="whitespace-normal">
            {DATABASES[database.kind]}; {database.survivesPowerLoss ? "survives" : "does not survive"} a loss of power.
          </span>
        }
      >
        {formatDecimal(databaseBytes / 1e6, { maxDecimals: 1 })} MB
      </StatTile>
      <StatTile
        label="Clocks"
        stale={Math.abs(aheadMs) >= SKEW_MS}
        detail={
          <span className="whitespace-normal">
            This browser's beside the desk's: ages do not depend on it, times of day do.
          </span>
        }
      >
        {Math.abs(aheadMs) < SKEW_MS
          ? "agree"
          : `this one is ${formatAge(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead" : "behind"}`}
      </StatTile>
    </dl>
  );
}
