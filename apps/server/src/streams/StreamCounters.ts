/**
 * What the streams did since the desk started. Plain numbers, so that counting costs the hot path an addition; whoever
 * wants to know reads them.
 */
export class StreamCounters {
  /** Ticks that came from upstream. */
  ticksIn = 0;
  /** Changes that any reader was told of, each once, whoever and however many they are: ticks over these is what conflation saves. */
  quotesFlushed = 0;
  /** Messages to readers: snapshots, batches and bundles of ticks. */
  messagesOut = 0;
  /** Quotes in those messages. */
  quotesOut = 0;
  /** Unconflated ticks in those messages. */
  ticksOut = 0;
  /** Times a reader was left out of a flush because it had too much unread. */
  skips = 0;
  /** Sockets that were closed because nobody read what they were sent. */
  slowReadersClosed = 0;
  /** Subscriptions that are open now, of any kind. */
  subscriptions = 0;
}
