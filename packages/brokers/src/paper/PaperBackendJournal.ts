import type { PaperEvent } from "./PaperEvent.ts";
import type { PaperStore } from "./PaperStore.ts";

interface Batch {
  readonly events: PaperEvent[];
}

export interface PaperBackendJournalOptions {
  readonly store: PaperStore;
  /** Called once for each batch, in order, as soon as it is durable and before `write` resolves. */
  readonly onDurable: (events: readonly PaperEvent[]) => Promise<void>;
}

/**
 * The one writer of an account's events. They are stored in order; what arrives while a write is under way goes together
 * with the next. After the first failure nothing is written any more and everything rejects: what is in the store is then
 * the only truth.
 */
export class PaperBackendJournal {
  readonly #options: PaperBackendJournalOptions;
  #collecting: Batch | null = null;
  #tail: Promise<void> = Promise.resolve();

  constructor(options: PaperBackendJournalOptions) {
    this.#options = options;
  }

  /** Nothing waits to be written. */
  get isIdle(): boolean {
    return this.#collecting === null;
  }

  /** Resolves when `events` are durable and announced; with none, when all earlier ones are. */
  write(events: readonly PaperEvent[]): Promise<void> {
    if (events.length === 0) return this.#tail;
    let batch = this.#collecting;
    if (batch === null) {
      const opened: Batch = { events: [] };
      batch = opened;
      this.#collecting = opened;
      this.#tail = this.#tail.then(() => this.#store(opened));
      // Whoever waits for the batch is told; nobody has to.
      this.#tail.catch(() => undefined);
    }
    batch.events.push(...events);
    return this.#tail;
  }

  async #store(batch: Batch): Promise<void> {
    this.#collecting = null;
    await this.#options.store.append(batch.events);
    await this.#options.onDurable(batch.events);
  }
}
