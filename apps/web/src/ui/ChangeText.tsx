import { formatDecimal, shownSign, SIGNED_MONEY } from "../lib/decimalText.ts";
import type { DecimalFormat } from "../lib/decimalText.ts";
import { STALE_TONE } from "./staleTone.ts";

interface ChangeTextProps {
  readonly value: string | number | null;
  readonly format?: DecimalFormat;
  /** Too old to act on: dimmed, and without the colour of a gain or a loss. */
  readonly stale?: boolean;
  readonly className?: string;
}

const TONES = { "1": "text-up", "0": "text-ink", "-1": "text-down" } as const;
const ARROWS = { "1": "▲", "0": "", "-1": "▼" } as const;

/** A gain or a loss: sign and arrow say it, colour repeats it. What is shown as zero has none of them. */
export function ChangeText({ value, format = SIGNED_MONEY, stale = false, className = "" }: ChangeTextProps) {
  const sign = shownSign(value, format);
  return (
    <span className={`num whitespace-nowrap ${stale ? STALE_TONE : TONES[sign]} ${className}`}>
      {sign === 0 ? null : (
        <span aria-hidden className="mr-1 text-[0.7em]">
          {ARROWS[sign]}
        </span>
      )}
      {formatDecimal(value, format)}
    </span>
  );
}
