import { MAX_BACKLOG_BYTES, type EncodedItem, type Envelope, type OpenStream } from "./EncodedItem.ts";

/** Where finished frames go: one socket, round tRPC. */
export interface FrameWriter {
  /** Bytes that were written and the reader has not taken. */
  backlogBytes(): number;
  /** A whole frame; nothing once the socket closes. */
  write(frame: Buffer): void;
}

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
    const writer = this.#writer;
    let close: (() => void) | null = null;
    let isOver = false;
    this.#offers.set(placeholder, (envelope) => {
      let first = JSON.stringify(placeholder);
      let isWriting = false;
      const send = (item: EncodedItem<Value>): void => {
        if (!isWriting) first = item.json();
        else if (!isOver) writer.write(item.frame(envelope));
      };
      if (!isOver) close = open({ isReady: () => writer.backlogBytes() < MAX_BACKLOG_BYTES, send });
      isWriting = true;
      return envelope.before + first + envelope.after;
    });
    return {
      get isTaken() {
        return close !== null;
      },
      end() {
        if (isOver) return;
        isOver = true;
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
