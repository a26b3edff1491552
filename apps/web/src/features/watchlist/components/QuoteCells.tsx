import { COMPACT, PRICE, SIGNED_PERCENT } from "../../../lib/decimalText.ts";
import type { DecimalFormat } from "../../../lib/decimalText.ts";
import { useQuote } from "../../../lib/useQuote.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { DecimalText } from "../../../ui/DecimalText.tsx";
import { FeedBadge, useIsStale } from "../../../ui/FeedBadge.tsx";
import { STALE_TONE } from "../../../ui/staleTone.ts";
import { quoteNumbers } from "../model/quoteNumbers.ts";

interface QuoteCellProps {
  readonly connectionId: string;
  readonly symbol: string;
}

/** The last price; it pulses as it moves, with an arrow beside it. */
export function LastPriceCell({ connectionId, symbol }: QuoteCellProps) {
  const quote = useQuote(connectionId, symbol);
  const tone = useIsStale(quote) ? STALE_TONE : "";
  const { price } = quoteNumbers(quote);
  const direction = quote?.direction ?? "same";
  return (
    <span
      key={quote?.flashedAt}
      className={`num rounded px-1 font-medium ${tone} ${direction === "up" ? "pulse-up" : direction === "down" ? "pulse-down" : ""}`}
    >
      <span
        aria-hidden
        className={`mr-1 text-[0.65em] ${direction === "up" ? "text-up" : direction === "down" ? "text-down" : "invisible"}`}
      >
        {direction === "down" ? "▼" : "▲"}
      </span>
      <DecimalText value={price} format={PRICE} />
    </span>
  );
}

/** The change since the previous close. */
export function ChangeCell({ connectionId, symbol }: QuoteCellProps) {
  const quote = useQuote(connectionId, symbol);
  return <ChangeText value={quoteNumbers(quote).changeFraction} format={SIGNED_PERCENT} stale={useIsStale(quote)} />;
}

interface NumberCellProps extends QuoteCellProps {
  readonly field: "bid" | "ask" | "spread" | "volume";
}

const FORMATS = { bid: PRICE, ask: PRICE, spread: PRICE, volume: COMPACT } as const satisfies Record<
  NumberCellProps["field"],
  DecimalFormat
>;

export function QuoteNumberCell({ connectionId, symbol, field }: NumberCellProps) {
  const quote = useQuote(connectionId, symbol);
  const tone = useIsStale(quote) ? STALE_TONE : "";
  const value = field === "spread" ? quoteNumbers(quote).spread : (quote?.[field] ?? null);
  return <DecimalText value={value} format={FORMATS[field]} className={tone} />;
}

export function FeedCell({ connectionId, symbol }: QuoteCellProps) {
  return <FeedBadge quote={useQuote(connectionId, symbol)} />;
}
