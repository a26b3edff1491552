import type { InstrumentView } from "@trenddojo/server/wire";
import type { ReactNode } from "react";
import { COMPACT, PRICE, SIGNED_PERCENT } from "../../../lib/decimalText.ts";
import { useQuote } from "../../../lib/useQuote.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { DecimalText } from "../../../ui/DecimalText.tsx";
import { FeedBadge, useIsStale } from "../../../ui/FeedBadge.tsx";
import { STALE_TONE } from "../../../ui/staleTone.ts";
import { HaltBadge } from "./HaltBadge.tsx";

interface InstrumentHeaderProps {
  readonly instrument: InstrumentView;
  readonly connectionId: string;
  /** What can be done with it. */
  readonly children: ReactNode;
}

/** The instrument's name and its quote, with the quote's state and age. */
export function InstrumentHeader({ instrument, connectionId, children }: InstrumentHeaderProps) {
  const quote = useQuote(connectionId, instrument.symbol);
  const stale = useIsStale(connectionId, instrument.symbol);
  const tone = stale ? STALE_TONE : "";
  const change =
    quote === undefined || quote.last === null || quote.previousClose === null || quote.previousClose === 0
      ? null
      : quote.last / quote.previousClose - 1;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-xl leading-6 font-semibold">{instrument.symbol}</h1>
        <p className="truncate text-muted">
          {instrument.name} · {instrument.exchange}
        </p>
      </div>
      <div className={tone}>
        <p className="num text-xl leading-6 font-semibold">
          <DecimalText value={quote?.last ?? null} format={PRICE} />{" "}
          <ChangeText value={change} format={SIGNED_PERCENT} stale={stale} className="text-sm font-medium" />
        </p>
        <FeedBadge connectionId={connectionId} symbol={instrument.symbol} />
        {quote === undefined || quote.halt === null ? null : <HaltBadge halt={quote.halt} />}
      </div>
      <dl className={`hidden gap-x-6 sm:flex ${tone}`}>
        <QuoteSide label="Bid" price={quote?.bid ?? null} size={quote?.bidSize ?? null} />
        <QuoteSide label="Ask" price={quote?.ask ?? null} size={quote?.askSize ?? null} />
        <div>
          <dt className="text-xs text-muted">Volume</dt>
          <dd>
            <DecimalText value={quote?.volume ?? null} format={COMPACT} />
          </dd>
        </div>
      </dl>
      <div className="ml-auto flex gap-2">{children}</div>
    </div>
  );
}

function QuoteSide({ label, price, size }: { label: string; price: number | null; size: number | null }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="whitespace-nowrap">
        <DecimalText value={price} format={PRICE} className="font-medium" />{" "}
        <span className="text-muted">
          × <DecimalText value={size} format={COMPACT} />
        </span>
      </dd>
    </div>
  );
}
