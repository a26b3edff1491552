import type { StreamCounters } from "../streams/StreamCounters.ts";

/** Everything that a metric is made of, as it stands at one moment. */
export interface Totals extends Readonly<
  Pick<
    StreamCounters,
    | "ticksIn"
    | "quotesFlushed"
    | "messagesOut"
    | "quotesOut"
    | "ticksOut"
    | "skips"
    | "slowReadersClosed"
    | "subscriptions"
  >
> {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly sockets: number;
  /** (connection, symbol) pairs that are subscribed at a broker. */
  readonly upstream: number;
  readonly heapBytes: number;
}
