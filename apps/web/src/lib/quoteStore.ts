import type { Clock } from "@trenddojo/brokers/domain";
import type { Absence, HaltView, QuoteBatch, QuoteTuple } from "@trenddojo/server/wire";

/** One instrument's latest on one connection, as the screen reads it. */
export interface QuoteSnapshot {
  readonly symbol: string;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly bidSize: number | null;
  readonly askSize: number | null;
  readonly last: number | null;
  readonly lastSize: number | null;
  /** Shares since the start of the market day. */
  readonly volume: number;
  readonly previousClose: number | null;
  /** The market's own time, epoch milliseconds. */
  readonly marketAt: number;
  /** How old the tick was at the server when the batch left, in milliseconds. */
  readonly ageAtArrivalMs: number;
  /** When the batch came in, monotonic milliseconds of this browser. */
  readonly arrivedAt: number;
  readonly feed: QuoteTuple[11];
  readonly source: QuoteTuple[12];
  /** Null while it trades, and where nobody tells. */
  readonly halt: HaltView | null;
  /** How `last` moved against the value shown before. */
  readonly direction: "up" | "down" | "same";
  /** When the move was last worth a flash, monotonic milliseconds: at most four times a second. */
  readonly flashedAt: number;
  readonly isFlashing: boolean;
}

export interface QuoteStore {
  /** Takes a batch; watchers hear of it at the next frame. Within a symbol the latest wins and order is kept. */
  apply(connectionId: string, batch: QuoteBatch, arrivedAt: number): void;
  get(connectionId: string, symbol: string): QuoteSnapshot | undefined;
  /** Why there is no price; null where there is one, and while nobody has said. */
  absence(connectionId: string, symbol: string): Absence | null;
  /** @returns the way to stop watching. */
  subscribe(connectionId: string, symbol: string, listener: () => void): () => void;
  /** Forgets everything, as when another person signs in. */
  clear(): void;
}

const keyOf = (connectionId: string, symbol: string) => `${connectionId} ${symbol}`;

/**
 * Ticks go round react-query: a map, a set of what changed and one flush a frame, so that a quote repaints only the
 * cells that show it. Memory is bounded by symbols, also in a hidden tab, where no frame comes.
 *
 * A flash is no animation: that would be drawn in frames of its own, a hundred a second of a long list. It ends with the
 * first frame after its time that shows something new; or with one of its own where nothing comes.
 *
 * @param scheduleFrame calls back once, before the next paint.
 */
export function createQuoteStore(scheduleFrame: (callback: () => void) => void, clock: Clock): QuoteStore {
  const shown = new Map<string, QuoteSnapshot>();
  const absences = new Map<string, Absence>();
  const dirty = new Map<string, QuoteSnapshot | Absence>();
  const listeners = new Map<string, Set<() => void>>();
  const flashing = new Set<string>();
  let frameAsked = false;
  let flashEnd: Disposable | undefined;

  const flush = () => {
    frameAsked = false;
    const changed = new Set(dirty.keys());
    for (const [key, news] of dirty) {
      if (typeof news === "string") absences.set(key, news);
      else shown.set(key, { ...news, ...moveOf(shown.get(key), news) });
      if (shown.get(key)?.isFlashing === true) flashing.add(key);
    }
    dirty.clear();
    for (const key of flashing) if (endFlash(key)) changed.add(key);
    if (flashing.size > 0) flashEnd ??= clock.setTimer(2 * FLASH_MS, endFlashes);
    for (const key of changed) for (const listener of listeners.get(key) ?? []) listener();
  };
  const askFrame = () => {
    if (frameAsked) return;
    frameAsked = true;
    scheduleFrame(flush);
  };
  const endFlashes = () => {
    flashEnd = undefined;
    askFrame();
  };
  const endFlash = (key: string): boolean => {
    const quote = shown.get(key);
    if (quote?.isFlashing === true && clock.monotonic() - quote.flashedAt < FLASH_MS) return false;
    flashing.delete(key);
    if (quote?.isFlashing !== true) return false;
    shown.set(key, { ...quote, isFlashing: false });
    return true;
  };

  return {
    apply(connectionId, batch, arrivedAt) {
      for (const tuple of batch.quotes) {
        const quote = readTuple(tuple, batch.at, arrivedAt);
        dirty.set(keyOf(connectionId, quote.symbol), quote);
      }
      for (const [symbol, absence] of batch.absent ?? []) dirty.set(keyOf(connectionId, symbol), absence);
      if (dirty.size > 0) askFrame();
    },
    get: (connectionId, symbol) => shown.get(keyOf(connectionId, symbol)),
    absence(connectionId, symbol) {
      const key = keyOf(connectionId, symbol);
      return shown.has(key) ? null : (absences.get(key) ?? null);
    },
    subscribe(connectionId, symbol, listener) {
      const key = keyOf(connectionId, symbol);
      const watching = listeners.get(key) ?? new Set();
      listeners.set(key, watching.add(listener));
      return () => {
        watching.delete(listener);
        if (watching.size === 0 && listeners.get(key) === watching) listeners.delete(key);
      };
    },
    clear() {
      shown.clear();
      absences.clear();
      dirty.clear();
      flashing.clear();
      for (const watching of listeners.values()) for (const listener of watching) listener();
    },
  };
}

function readTuple(tuple: QuoteTuple, sentAt: number, arrivedAt: number): QuoteSnapshot {
  const [
    symbol,
    bid,
    ask,
    bidSize,
    askSize,
    last,
    lastSize,
    volume,
    previousClose,
    marketAt,
    receivedAt,
    feed,
    source,
    halt = null,
  ] = tuple;
  const ageAtArrivalMs = Math.max(0, sentAt - receivedAt);
  const prices = { symbol, bid, ask, bidSize, askSize, last, lastSize, volume, previousClose };
  return {
    ...prices,
    marketAt,
    feed,
    source,
    halt,
    ageAtArrivalMs,
    arrivedAt,
    direction: "same",
    flashedAt: 0,
    isFlashing: false,
  };
}

const FLASH_MS = 200;
/** A flash that came oftener than this would be a flicker. */
const FLASH_EVERY_MS = 250;

/** The last move stays on the screen until there is another one. */
function moveOf(
  before: QuoteSnapshot | undefined,
  now: QuoteSnapshot,
): Pick<QuoteSnapshot, "direction" | "flashedAt" | "isFlashing"> {
  if (before === undefined || before.last === null || now.last === null)
    return { direction: "same", flashedAt: 0, isFlashing: false };
  const { direction, flashedAt, isFlashing } = before;
  if (before.last === now.last) return { direction, flashedAt, isFlashing };
  const isFlash = now.arrivedAt - flashedAt >= FLASH_EVERY_MS;
  return {
    direction: now.last > before.last ? "up" : "down",
    flashedAt: isFlash ? now.arrivedAt : flashedAt,
    isFlashing: isFlash || isFlashing,
  };
}
