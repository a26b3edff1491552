import type { SystemSample } from "@trenddojo/server/wire";
import { formatDecimal } from "../../../lib/decimalText.ts";

/** One number of the desk over the last minute, in words. */
interface SystemReading {
  readonly key: string;
  readonly label: string;
  /** What it means, in a line. */
  readonly meaning: string;
  /** Oldest first. */
  readonly values: readonly (number | null)[];
  /** The newest. */
  readonly now: string;
  /** The highest of the minute. */
  readonly most: string;
}

interface Kind {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly read: (sample: SystemSample) => number | null;
  readonly unit: (value: number) => string;
}

const count = (value: number): string => formatDecimal(Math.round(value), { compact: true, maxDecimals: 1 });
const rate = (value: number): string => `${count(value)} a second`;
const bytes = (value: number): string =>
  value < 1e6
    ? `${formatDecimal(value / 1e3, { maxDecimals: 1 })} kB`
    : `${formatDecimal(value / 1e6, { maxDecimals: 1 })} MB`;
const byteRate = (value: number): string => `${bytes(value)} a second`;
const milliseconds = (value: number): string => `${formatDecimal(value, { maxDecimals: 1 })} ms`;
const ratio = (value: number): string => `${formatDecimal(value, { maxDecimals: 1 })} to 1`;

const KINDS: readonly Kind[] = [
  {
    key: "loop",
    label: "Event-loop delay, p99",
    meaning: "How late the desk comes to its work; above 100 ms orders wait for it.",
    read: ({ loopP99Ms }) => loopP99Ms,
    unit: milliseconds,
  },
  {
    key: "loop-most",
    label: "Event-loop delay, longest",
    meaning: "The longest time in a second in which it did nothing else.",
    read: ({ loopMaxMs }) => loopMaxMs,
    unit: milliseconds,
  },
  {
    key: "ticks",
    label: "Ticks in",
    meaning: "Price changes that came from the brokers.",
    read: ({ ticksIn }) => ticksIn,
    unit: rate,
  },
  {
    key: "quotes",
    label: "Prices out",
    meaning: "Prices sent to all open pages together.",
    read: ({ quotesOut }) => quotesOut,
    unit: rate,
  },
  {
    key: "messages",
    label: "Messages out",
    meaning: "Messages that carried them; one carries many prices.",
    read: ({ messagesOut }) => messagesOut,
    unit: rate,
  },
  {
    key: "conflation",
    label: "Conflation",
    meaning: "Ticks for each price that was sent on: only the newest of them goes out.",
    read: ({ conflation }) => conflation,
    unit: ratio,
  },
  {
    key: "skips",
    label: "Slow readers skipped",
    meaning: "Times that a page with too much unread was left out; it gets the newest prices once it has caught up.",
    read: ({ skips }) => skips,
    unit: rate,
  },
  {
    key: "bytes-out",
    label: "Bytes out",
    meaning: "Written to the pages' sockets.",
    read: ({ bytesOut }) => bytesOut,
    unit: byteRate,
  },
  {
    key: "sockets",
    label: "Sockets",
    meaning: "Open pages and programs: each has one.",
    read: ({ sockets }) => sockets,
    unit: count,
  },
  {
    key: "subscriptions",
    label: "Subscriptions",
    meaning: "Streams that are open on these sockets.",
    read: ({ subscriptions }) => subscriptions,
    unit: count,
  },
  {
    key: "upstream",
    label: "Symbols from brokers",
    meaning: "Subscribed once each, however many pages show them.",
    read: ({ upstream }) => upstream,
    unit: count,
  },
  {
    key: "heap",
    label: "Memory",
    meaning: "JavaScript heap in use; it saws up and down, and should not climb from hour to hour.",
    read: ({ heapBytes }) => heapBytes,
    unit: bytes,
  },
];

/** Every number that the screen draws, from the samples of the last minute, oldest first. */
export function systemReadings(samples: readonly SystemSample[]): readonly SystemReading[] {
  return KINDS.map(({ key, label, meaning, read, unit }) => {
    const values = samples.map(read);
    const newest = values.at(-1) ?? null;
    const known = values.filter((value) => value !== null);
    return {
      key,
      label,
      meaning,
      values,
      now: newest === null ? "none" : unit(newest),
      most: known.length === 0 ? "none" : unit(Math.max(...known)),
    };
  });
}
