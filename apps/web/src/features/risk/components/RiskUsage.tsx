import { formatDecimal, PERCENT } from "../../../lib/decimalText.ts";
import { InstantText } from "../../../ui/InstantText.tsx";
import { MeterBar } from "../../../ui/MeterBar.tsx";
import { useRiskMetrics } from "../api/getRisk.ts";
import { judgeUsage, riskUsage } from "../model/usage.ts";

const STATES = {
  ACTIVE: "Active: orders pass when every limit holds.",
  REDUCING: "Reducing: only orders that reduce risk pass.",
  HALTED: "Halted: no new orders pass. Cancels do.",
} as const;

/** What is used of each limit, in numbers and as a bar. */
export function RiskUsage({ accountId }: { readonly accountId: string }) {
  const metrics = useRiskMetrics(accountId);
  const usages = riskUsage(metrics).map((usage) => ({ ...usage, ...judgeUsage(usage) }));
  const exceeded = usages.filter(({ tone }) => tone === "bad").map(({ label }) => label.toLowerCase());
  const isCalm = metrics.tradingState === "ACTIVE" && exceeded.length === 0;
  return (
    <div className="flex flex-col gap-4 p-4">
      {isCalm || metrics.tradingState !== "ACTIVE" ? (
        <p className={isCalm ? "text-good" : "font-semibold text-warn"}>{STATES[metrics.tradingState]}</p>
      ) : null}
      {exceeded.length === 0 ? null : (
        <p className="font-semibold text-bad">
          Over the limit: {exceeded.join(", ")}. Orders that add to it are refused.
        </p>
      )}
      {usages.map((usage) => {
        const isOver = usage.tone === "bad";
        const used = formatDecimal(usage.used, PERCENT);
        const limit = formatDecimal(usage.limit, PERCENT);
        const inWords = `${used} of ${limit}${isOver ? ", over the limit" : ""}`;
        return (
          <div key={usage.label}>
            <div className="mb-1 flex justify-between gap-3">
              <span>
                {usage.label}
                {usage.detail === null ? "" : ` (${usage.detail})`}
              </span>
              <span className={`num ${isOver ? "font-semibold text-bad" : "text-muted"}`}>{inWords}</span>
            </div>
            <MeterBar label={usage.label} share={usage.share} tone={usage.tone} valueText={inWords} />
          </div>
        );
      })}
      <p className="num text-xs text-muted">
        Leverage {formatDecimal(metrics.leverage, { minDecimals: 2, maxDecimals: 2 })}×, {metrics.openOrders} open
        orders, as of <InstantText at={metrics.asOf} parts="time" />
      </p>
    </div>
  );
}
