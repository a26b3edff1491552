import type { Envelope, OpenStream } from "./EncodedItem.ts";
import { FrameSink, type FrameWriter } from "./FrameSink.ts";

/** One stream that goes on outside of its procedure once the socket's encoder has taken it. */
export interface Handoff {
  readonly isTaken: boolean;
  /** Nothing is written after this. Idempotent. */
  end(): void;
}

/**
 * The streams of one socket that wait to be handed off. A procedure yields one placeholder in place of all its items;
 * tRPC's adapter passes it to the socket's encoder, which knows the request's id, and claims it here. From then on
 * finished frames are written to the socket, without a generator, an envelope and a `JSON.stringify` for each message.
 */
export class Handoffs {
  readonly #writer: FrameWriter;
  readonly #offers = new WeakMap<object, (envelope: Envelope) => string>();

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  /** @param placeholder an object of this stream alone. */
  offer<Value>(placeholder: object, open: OpenStream<Value>): Handoff {
    let sink: FrameSink<Value> | null = null;
    let close: (() => void) | null = null;
    let isOver = false;
    this.#offers.set(placeholder, (envelope) => {
      let first = JSON.stringify(placeholder);
      if (!isOver) {
        sink = new FrameSink(this.#writer, envelope);
        close = open(sink);
        first = sink.begin() ?? first;
      }
      return envelope.before + first + envelope.after;
    });
    return {
      get isTaken() {
        return close !== null;
      },
      end() {
        if (isOver) return;
        isOver = true;
        sink?.end();
        close?.();
      },
    };
  }

  /** @returns what opens the stream and gives its first message as text; undefined where `value` is no placeholder. */
  claim(value: unknown): ((envelope: Envelope) => string) | undefined {
    if (typeof value !== "object" || value === null) return undefined;
    const open = this.#offers.get(value);
    this.#offers.delete(value);
    return open;
  }
}
