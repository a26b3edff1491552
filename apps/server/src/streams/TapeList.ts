import { tickBatch, type TickBatch } from "../wire/marketData.ts";
import type { EncodedItem, Envelope, StreamSink } from "./EncodedItem.ts";
import { SharedFrames } from "./SharedFrames.ts";
import type { StreamCounters } from "./StreamCounters.ts";

interface Reader {
  readonly sink: StreamSink<TickBatch>;
  missed: number;
}

/** All readers of the same symbols' ticks. It holds what came since the last flush, and nothing for a slow reader but a count. */
export class TapeList {
  readonly #readers = new Set<Reader>();
  readonly #counters: StreamCounters;
  #ticks = "";
  #count = 0;
  #sequence = 0;

  constructor(counters: StreamCounters) {
    this.#counters = counters;
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /** Sends an empty bundle at once. @returns what ends it. */
  add(sink: StreamSink<TickBatch>, now: number): () => void {
    const reader = { sink, missed: 0 };
    // What waits came before this reader did.
    this.flush(now);
    this.#readers.add(reader);
    sink.send(new EncodedTicks({ sequence: 0, at: now, missed: 0, ticks: "" }));
    return () => void this.#readers.delete(reader);
  }

  /** @param tick as JSON. */
  append(tick: string): void {
    this.#ticks += this.#count === 0 ? tick : `,${tick}`;
    this.#count += 1;
  }

  /** @returns whether someone who was slow has yet to hear what was missed. */
  flush(now: number): boolean {
    if (this.#count > 0) this.#sequence += 1;
    const ticks = this.#ticks;
    const count = this.#count;
    this.#ticks = "";
    this.#count = 0;
    /** By how many the reader has missed; nearly always none. */
    const bundles = new Map<number, EncodedTicks>();
    let isAnyoneLeft = false;
    for (const reader of this.#readers) {
      if (count === 0 && reader.missed === 0) continue;
      if (!reader.sink.isReady()) {
        reader.missed += count;
        isAnyoneLeft = true;
        this.#counters.skips += 1;
        continue;
      }
      const { missed } = reader;
      const bundle = bundles.get(missed) ?? new EncodedTicks({ sequence: this.#sequence, at: now, missed, ticks });
      bundles.set(missed, bundle);
      reader.missed = 0;
      this.#counters.messagesOut += 1;
      this.#counters.ticksOut += count;
      reader.sink.send(bundle);
    }
    return isAnyoneLeft;
  }
}

class EncodedTicks implements EncodedItem<TickBatch> {
  readonly #json: string;
  readonly #frames = new SharedFrames();

  constructor({ sequence, at, missed, ticks }: Omit<TickBatch, "ticks"> & { readonly ticks: string }) {
    this.#json = `{"sequence":${sequence},"at":${at},"missed":${missed},"ticks":[${ticks}]}`;
  }

  value(): TickBatch {
    return tickBatch.parse(JSON.parse(this.#json));
  }

  json(): string {
    return this.#json;
  }

  frame(envelope: Envelope): Buffer {
    return this.#frames.of(this.#json, envelope);
  }
}
