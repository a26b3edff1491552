import type { RiskMetricsView } from "@trenddojo/server/wire";

export interface Usage {
  readonly label: string;
  /** Both as fractions of equity. */
  readonly used: number;
  readonly limit: number;
  readonly detail: string | null;
}

/** How much of each limit is used. */
export function riskUsage(metrics: RiskMetricsView): readonly Usage[] {
  const { limits, largestPosition } = metrics;
  const equity = Number(metrics.equity);
  return [
    {
      label: "Largest position",
      used: largestPosition?.fraction ?? 0,
      limit: limits.maxPositionFraction,
      detail: largestPosition?.symbol ?? null,
    },
    {
      label: "Exposure",
      used: equity === 0 ? 0 : Number(metrics.grossExposure) / equity,
      limit: limits.maxExposureFraction,
      detail: null,
    },
    { label: "Day loss", used: Math.max(0, -metrics.dayPnlFraction), limit: limits.maxDailyLossFraction, detail: null },
  ];
}

/** From this share of a limit on its bar warns. */
const WARN_ABOVE = 0.8;

/** Used share of a limit in 0..1, for a bar, and what to think of it. */
export function judgeUsage({ used, limit }: Usage): { readonly share: number; readonly tone: "calm" | "warn" | "bad" } {
  const share = limit <= 0 ? 1 : Math.min(1, Math.abs(used) / limit);
  return { share, tone: share >= 1 ? "bad" : share > WARN_ABOVE ? "warn" : "calm" };
}
