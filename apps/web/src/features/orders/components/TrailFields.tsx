import { formatDecimal, PRICE } from "../../../lib/decimalText.ts";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { trailStart } from "../model/trailDraft.ts";
import type { TicketPart } from "./TicketPart.ts";

const UNITS = [
  { value: "percent", label: "Percent" },
  { value: "amount", label: "Dollars" },
] as const;

/** How far a trailing stop stays behind the market, and about where it would begin. */
export function TrailFields({ draft, edit, problemsOf, locked, instrument, referencePrice }: TicketPart) {
  const { trail, side } = draft;
  const start = trailStart(trail, side, referencePrice ?? null);
  return (
    <>
      <SelectField
        label="Trail in"
        value={trail.by}
        options={UNITS}
        onValue={(by) => edit({ trail: { ...trail, by } })}
        disabled={locked}
      />
      <DecimalField
        label={trail.by === "percent" ? "Trail in percent" : "Trail in dollars"}
        value={trail.value}
        onValue={(value) => edit({ trail: { ...trail, value } })}
        step={trail.by === "percent" ? "0.1" : instrument.tickSize}
        help={
          start === undefined
            ? `Follows the market ${side === "sell" ? "up" : "down"}, never back`
            : `Begins at about ${formatDecimal(start, PRICE)}`
        }
        problems={problemsOf("trail")}
        disabled={locked}
        placeholder={trail.by === "percent" ? "1.5" : "2.50"}
      />
    </>
  );
}
