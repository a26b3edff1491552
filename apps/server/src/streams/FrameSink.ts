import { MAX_BACKLOG_BYTES, type EncodedItem, type Envelope, type StreamSink } from "./EncodedItem.ts";

/** Where finished frames go: one socket, round tRPC. */
export interface FrameWriter {
  /** Bytes that were written and the reader has not taken. */
  backlogBytes(): number;
  /** A whole frame; nothing once the socket closes. */
  write(frame: Buffer): void;
}

/**
 * One stream's way into a socket: each item is a finished frame. What was sent until `begin` is kept as text, for the
 * answer that comes before the first frame. It holds all that a send needs itself: a flush goes through a thousand of
 * these, and what it waits for is memory.
 */
export class FrameSink<Value> implements StreamSink<Value> {
  readonly #writer: FrameWriter;
  readonly #envelope: Envelope;
  #first: string | null = null;
  #hasBegun = false;
  #isOver = false;

  constructor(writer: FrameWriter, envelope: Envelope) {
    this.#writer = writer;
    this.#envelope = envelope;
  }

  isReady(): boolean {
    return this.#writer.backlogBytes() < MAX_BACKLOG_BYTES;
  }

  send(item: EncodedItem<Value>): void {
    if (!this.#hasBegun) this.#first = item.json();
    else if (!this.#isOver) this.#writer.write(item.frame(this.#envelope));
  }

  /** From now on items are written. @returns the newest item before, as JSON; null where there was none. */
  begin(): string | null {
    this.#hasBegun = true;
    const first = this.#first;
    this.#first = null;
    return first;
  }

  /** Nothing is written after this. */
  end(): void {
    this.#isOver = true;
  }
}
