import { getHeapStatistics } from "node:v8";
import type { SessionSockets } from "../auth/SessionSockets.ts";
import type { QuoteHub } from "../streams/QuoteHub.ts";
import type { StreamCounters } from "../streams/StreamCounters.ts";
import type { SocketTraffic } from "../ws/SocketTraffic.ts";
import type { Totals } from "./Totals.ts";

interface Counted {
  readonly counters: StreamCounters;
  readonly traffic: SocketTraffic;
  readonly sockets: SessionSockets;
  readonly quotes: QuoteHub;
}

/** Everything that is counted, as it stands now. */
export function readTotals({ counters, traffic, sockets, quotes }: Counted): Totals {
  const { ticksIn, quotesFlushed, messagesOut, quotesOut, ticksOut, skips, slowReadersClosed, subscriptions } =
    counters;
  return {
    ticksIn,
    quotesFlushed,
    messagesOut,
    quotesOut,
    ticksOut,
    skips,
    slowReadersClosed,
    subscriptions,
    ...traffic.read(),
    sockets: sockets.size,
    upstream: quotes.upstreamCount,
    heapBytes: getHeapStatistics().used_heap_size,
  };
}
