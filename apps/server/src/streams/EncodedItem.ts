/** What stands round the data of a subscription's messages: one object for all subscriptions with the same (`Envelopes`). */
export interface Envelope {
  readonly before: string;
  readonly after: string;
}

/** One item for any number of readers. Taken in the turn in which it was sent: later it may have changed. */
export interface EncodedItem<Value> {
  /** For a reader of values. */
  value(): Value;
  /** The same as JSON. */
  json(): string;
  /** A finished text frame with the JSON in its envelope; readers with the same envelope share one. */
  frame(envelope: Envelope): Buffer;
}

/** Who takes the items of a stream. The stream never waits for one: it asks, and comes again. */
export interface StreamSink<Value> {
  /** Room for an item now. A slow reader answers false until it has drained. */
  isReady(): boolean;
  send(item: EncodedItem<Value>): void;
}

/** Subscribes a sink, sends it something at once, and returns what ends it. */
export type OpenStream<Value> = (sink: StreamSink<Value>) => () => void;

/** A reader that has this many bytes unread is skipped until it drains. */
export const MAX_BACKLOG_BYTES = 65_536;
