import { COMPACT, PRICE, SIGNED_PERCENT } from "../../../lib/decimalText.ts";
import type { DecimalFormat } from "../../../lib/decimalText.ts";
import { useQuoteValue } from "../../../lib/useQuote.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { DecimalText } from "../../../ui/DecimalText.tsx";
import { useIsStale } from "../../../ui/FeedBadge.tsx";
import { STALE_TONE } from "../../../ui/staleTone.ts";
import { quoteNumbers } from "../model/quoteNumbers.ts";

interface QuoteCellProps {
  readonly connectionId: string;
  readonly symbol: string;
}

const PULSES = { up: "bg-pulse-up", down: "bg-pulse-down", same: "" } as const;
const ARROW_TONES = { up: "text-up", down: "text-down", same: "invisible" } as const;

/** The last price; it pulses as it moves, with an arrow beside it. */
export function LastPriceCell({ connectionId, symbol }: QuoteCellProps) {
  const price = useQuoteValue(connectionId, symbol, (quote) => quoteNumbers(quote).price);
  const direction = useQuoteValue(connectionId, symbol, (quote) => quote?.direction ?? "same");
  const isFlashing = useQuoteValue(connectionId, symbol, (quote) => quote?.isFlashing ?? false);
  const tone = useIsStale(connectionId, symbol) ? STALE_TONE : "";
  return (
    <span className={`num rounded px-1 font-medium ${tone} ${isFlashing ? PULSES[direction] : ""}`}>
      <span aria-hidden className={`mr-1 text-[0.65em] ${ARROW_TONES[direction]}`}>
        {direction === "down" ? "▼" : "▲"}
      </span>
      <DecimalText value={price} format={PRICE} />
    </span>
  );
}

/** The change since the previous close. */
export function ChangeCell({ connectionId, symbol }: QuoteCellProps) {
  const change = useQuoteValue(connectionId, symbol, (quote) => quoteNumbers(quote).changeFraction);
  return <ChangeText value={change} format={SIGNED_PERCENT} stale={useIsStale(connectionId, symbol)} />;
}

const FORMATS = { bid: PRICE, ask: PRICE, spread: PRICE, volume: COMPACT } as const satisfies Record<
  string,
  DecimalFormat
>;

interface NumberCellProps extends QuoteCellProps {
  readonly field: keyof typeof FORMATS;
}

export function QuoteNumberCell({ connectionId, symbol, field }: NumberCellProps) {
  const value = useQuoteValue(connectionId, symbol, (quote) =>
    field === "spread" ? quoteNumbers(quote).spread : (quote?.[field] ?? null),
  );
  const tone = useIsStale(connectionId, symbol) ? STALE_TONE : "";
  return <DecimalText value={value} format={FORMATS[field]} className={tone} />;
}
