/* oxlint-disable jsx-a11y/prefer-tag-over-role -- browsers draw <meter> in colours of their own, in every theme. */

interface MeterBarProps {
  readonly label: string;
  /** Filled share, 0..1. */
  readonly share: number;
  readonly tone: "calm" | "warn" | "bad";
  /** What it says, in words and numbers. */
  readonly valueText: string;
}

const FILLS = { calm: "bg-accent", warn: "bg-warn", bad: "bg-bad" } as const satisfies Record<
  MeterBarProps["tone"],
  string
>;

/** A measured share as a bar. */
export function MeterBar({ label, share, tone, valueText }: MeterBarProps) {
  const percent = Math.round(share * 100);
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={valueText}
      className="h-2 overflow-hidden rounded-full border border-strong-line/50 bg-raised"
    >
      <div className={`h-full ${FILLS[tone]}`} style={{ width: `${percent}%` }} />
    </div>
  );
}
