import { formatDecimal, signOf, SIGNED_MONEY } from "../lib/decimalText.ts";
import type { DecimalFormat } from "../lib/decimalText.ts";

interface ChangeTextProps {
  readonly value: string | number | null;
  readonly format?: DecimalFormat;
  readonly className?: string;
}

const TONES = { "1": "text-up", "0": "text-ink", "-1": "text-down" } as const;
const ARROWS = { "1": "▲", "0": "", "-1": "▼" } as const;

/** A gain or a loss: sign and arrow say it, colour repeats it. */
export function ChangeText({ value, format = SIGNED_MONEY, className = "" }: ChangeTextProps) {
  const sign = signOf(value);
  return (
    <span className={`num whitespace-nowrap ${TONES[sign]} ${className}`}>
      {sign === 0 ? null : (
        <span aria-hidden className="mr-1 text-[0.7em]">
          {ARROWS[sign]}
        </span>
      )}
      {formatDecimal(value, format)}
    </span>
  );
}
