import type { FillView } from "@trenddojo/server/wire";
import { usePreferences } from "../../../lib/desk.ts";
import { formatDecimal, PRICE, QUANTITY } from "../../../lib/decimalText.ts";
import { isSameDay } from "../../../lib/timeText.ts";
import { MoneyText, PriceText, QuantityText } from "../../../ui/DecimalText.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { WhyText } from "./WhyText.tsx";

interface FillListProps {
  readonly fills: readonly FillView[];
  /** When their order was placed: a fill of another day shows its date. */
  readonly placedAt: string;
}

/** An order's executions; each opens to why it happened at this price and size. */
export function FillList({ fills, placedAt }: FillListProps) {
  const [{ timeZone }] = usePreferences();
  if (fills.length === 0) return <EmptyState title="No fills" />;
  return (
    <ul>
      {fills.map((fill) => (
        <li key={fill.id} className="border-t border-line px-3 py-2 first:border-t-0">
          <p className="num flex flex-wrap gap-x-4">
            {isSameDay(fill.filledAt, placedAt, timeZone) ? (
              <InstantText at={fill.filledAt} parts="time" />
            ) : (
              <span>
                <InstantText at={fill.filledAt} /> <span className="text-muted">market time</span>
              </span>
            )}
            <span>
              <QuantityText value={fill.quantity} /> at <PriceText value={fill.price} className="font-semibold" />
            </span>
            <span className="text-muted">
              fees <MoneyText value={fill.fees} />
            </span>
            {fill.why === null ? <span className="min-w-0 text-muted">{fill.reason}</span> : null}
          </p>
          {fill.why === null ? null : (
            <details className="mt-1">
              <summary className="num min-h-6 text-accent">
                Why {formatDecimal(fill.quantity, QUANTITY)} at {formatDecimal(fill.price, PRICE)}
              </summary>
              <div className="mt-1 rounded-md border border-line bg-canvas p-3">
                <WhyText why={fill.why} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
