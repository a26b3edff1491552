import type { SystemMetrics } from "@trenddojo/server/wire";
import { formatDecimal } from "../../../lib/decimalText.ts";
import { StatTile } from "../../../ui/StatTile.tsx";
import { useSystemMetrics } from "../api/getSystemMetrics.ts";

type Stage = SystemMetrics["orders"]["intentToSent"];

const milliseconds = (value: number) => `${formatDecimal(value, { maxDecimals: 1 })} ms`;

/** How long the desk's orders took since it started. */
export function OrderTimes() {
  const { orders } = useSystemMetrics();
  return (
    <dl className="grid gap-px sm:grid-cols-2">
      <StageTile
        label="From intent to the wire"
        meaning="The desk's own part: checks, the commit, the claim."
        stage={orders.intentToSent}
      />
      <StageTile
        label="From the wire to the answer"
        meaning="The network's and the broker's part."
        stage={orders.sentToAnswered}
      />
    </dl>
  );
}

function StageTile({ label, meaning, stage }: { label: string; meaning: string; stage: Stage }) {
  const detail =
    stage === null ? meaning : `${meaning} Of the last ${stage.count} order${stage.count === 1 ? "" : "s"}.`;
  return (
    <StatTile label={label} detail={<span className="whitespace-normal">{detail}</span>}>
      {stage === null ? "no order yet" : `median ${milliseconds(stage.medianMs)}, p99 ${milliseconds(stage.p99Ms)}`}
    </StatTile>
  );
}
