import { Camera, CircleDashed, CirclePause, Clock, Hourglass, Radio } from "lucide-react";
import type { ReactElement } from "react";
import { feedStateOf, quoteAgeMs } from "../lib/feedState.ts";
import type { ShownFeedState } from "../lib/feedState.ts";
import type { QuoteSnapshot } from "../lib/quoteStore.ts";
import { formatAge } from "../lib/timeText.ts";
import { useAtBeat, useNow } from "../lib/useNow.ts";

// The glyphs are made once: React passes over what is the same element, and a list tells sixty ages a second.
const LOOKS = {
  streaming: { word: "Streaming", glyph: <Radio aria-hidden size={12} />, tone: "text-good" },
  delayed: { word: "Delayed", glyph: <Hourglass aria-hidden size={12} />, tone: "text-warn" },
  snapshot: { word: "Snapshot", glyph: <Camera aria-hidden size={12} />, tone: "text-warn" },
  stale: { word: "Stale", glyph: <Clock aria-hidden size={12} />, tone: "text-warn" },
  closed: { word: "Closed", glyph: <CirclePause aria-hidden size={12} />, tone: "text-muted" },
  none: { word: "No price yet", glyph: <CircleDashed aria-hidden size={12} />, tone: "text-muted" },
} as const satisfies Record<ShownFeedState, { word: string; glyph: ReactElement; tone: string }>;

interface FeedBadgeProps {
  readonly quote: QuoteSnapshot | undefined;
}

/** How far a price can be trusted, in a word, a glyph and an age. It steps by the second without any message. */
export function FeedBadge({ quote }: FeedBadgeProps) {
  const now = useNow();
  const state = feedStateOf(quote, now);
  const { word, glyph, tone } = LOOKS[state];
  const age = quote === undefined ? "" : formatAge(quoteAgeMs(quote, now));
  return (
    <span
      title={quote === undefined ? word : `${word}, ${age} old, ${quote.source} prices`}
      className={`num inline-flex items-center gap-1 text-xs whitespace-nowrap ${tone}`}
    >
      {glyph}
      <span>{word}</span>
      {quote === undefined ? null : <span>{age}</span>}
    </span>
  );
}

/** Whether the price is stale by now; its number is dimmed then. */
export function useIsStale(quote: QuoteSnapshot | undefined): boolean {
  return useAtBeat((now) => feedStateOf(quote, now) === "stale");
}
