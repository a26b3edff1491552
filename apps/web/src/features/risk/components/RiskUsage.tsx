import { formatDecimal, PERCENT } from "../../../lib/decimalText.ts";
import { InstantText } from "../../../ui/InstantText.tsx";
import { useRiskMetrics } from "../api/getRisk.ts";
import { riskUsage, usedShare } from "../model/usage.ts";

const STATES = {
  ACTIVE: "Active: orders pass when every limit holds.",
  REDUCING: "Reducing: only orders that reduce risk pass.",
  HALTED: "Halted: no new orders pass. Cancels do.",
} as const;

/** What is used of each limit, in numbers and as a bar. */
export function RiskUsage({ accountId }: { readonly accountId: string }) {
  const metrics = useRiskMetrics(accountId);
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className={metrics.tradingState === "ACTIVE" ? "text-good" : "font-semibold text-warn"}>
        {STATES[metrics.tradingState]}
      </p>
      {riskUsage(metrics).map((usage) => {
        const share = usedShare(usage);
        const used = formatDecimal(usage.used, PERCENT);
        const limit = formatDecimal(usage.limit, PERCENT);
        return (
          <div key={usage.label}>
            <div className="mb-1 flex justify-between gap-3">
              <span>
                {usage.label}
                {usage.detail === null ? "" : ` (${usage.detail})`}
              </span>
              <span className="num text-muted">
                {used} of {limit}
              </span>
            </div>
            <meter aria-label={usage.label} value={share} min={0} max={1} high={0.8} optimum={0} className="h-2 w-full">
              {used} of {limit}
            </meter>
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
