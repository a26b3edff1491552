import { Camera, CircleDashed, CirclePause, Clock, Hourglass } from "lucide-react";
import type { ReactElement } from "react";
import { feedStateOf, quoteAgeMs } from "../lib/feedState.ts";
import type { ShownFeedState } from "../lib/feedState.ts";
import type { Absence } from "@trenddojo/server/wire";
import type { QuoteSnapshot } from "../lib/quoteStore.ts";
import { formatAge } from "../lib/timeText.ts";
import { useAbsence, useQuoteValue } from "../lib/useQuote.ts";

// A character: it stands in each row of a list that moves, where a drawing is a layer for the browser to sort.
const DOT = (
  <span aria-hidden className="w-3 text-center">
    ●
  </span>
);

// The glyphs are made once: React passes over what is the same element, and a list tells sixty ages a second.
const LOOKS = {
  streaming: { word: "Streaming", glyph: DOT, tone: "text-good" },
  delayed: { word: "Delayed", glyph: <Hourglass aria-hidden size={12} />, tone: "text-warn" },
  snapshot: { word: "Snapshot", glyph: <Camera aria-hidden size={12} />, tone: "text-warn" },
  stale: { word: "Stale", glyph: <Clock aria-hidden size={12} />, tone: "text-warn" },
  closed: { word: "Closed", glyph: <CirclePause aria-hidden size={12} />, tone: "text-muted" },
  none: { word: "No price yet", glyph: <CircleDashed aria-hidden size={12} />, tone: "text-muted" },
} as const satisfies Record<ShownFeedState, { word: string; glyph: ReactElement; tone: string }>;

/** Why there is no price. */
const ABSENCE_WORDS = {
  awaited: "No price yet",
  unknown_symbol: "Unknown symbol",
  not_connected: "Not connected",
  refused: "No permission",
  no_answer: "No answer",
} as const satisfies Record<Absence, string>;

/** What can be done about it. */
const ABSENCE_TITLES = {
  awaited: "The broker was asked and has told no price yet",
  unknown_symbol: "The broker does not know this symbol",
  not_connected: "Its broker is not connected: see Connections",
  refused: "The broker gives this login no prices of it: see its market data subscriptions",
  no_answer: "The broker does not answer; the desk asks again",
} as const satisfies Record<Absence, string>;

interface FeedBadgeProps {
  readonly connectionId: string;
  readonly symbol: string;
}

/** How far a price can be trusted, in a word, a glyph and an age. It steps by the second without any message. */
export function FeedBadge({ connectionId, symbol }: FeedBadgeProps) {
  const state = useQuoteValue(connectionId, symbol, feedStateOf);
  const age = useQuoteValue(connectionId, symbol, ageText);
  const source = useQuoteValue(connectionId, symbol, (quote) => quote?.source ?? null);
  const absence = useAbsence(connectionId, symbol);
  const { glyph, tone } = LOOKS[state];
  const word = absence === null ? LOOKS[state].word : ABSENCE_WORDS[absence];
  return (
    <span
      title={
        absence !== null ? ABSENCE_TITLES[absence] : source === null ? word : `${word}, ${age} old, ${source} prices`
      }
      className={`num inline-flex items-center gap-1 text-xs whitespace-nowrap ${tone}`}
    >
      {glyph}
      <span>{word}</span>
      {age === "" ? null : <span>{age}</span>}
    </span>
  );
}

const ageText = (quote: QuoteSnapshot | undefined, now: number): string =>
  quote === undefined ? "" : formatAge(quoteAgeMs(quote, now));

/** Whether the price is stale by now; its number is dimmed then. */
export function useIsStale(connectionId: string, symbol: string): boolean {
  return useQuoteValue(connectionId, symbol, (quote, now) => feedStateOf(quote, now) === "stale");
}
