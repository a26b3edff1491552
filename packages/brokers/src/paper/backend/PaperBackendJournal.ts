import type { PaperEvent } from "../PaperEvent.ts";
import type { PaperStore } from "../PaperStore.ts";
import type { Report } from "./ReportQueue.ts";

/** What is stored together, and what is told of it then. */
export interface JournalBatch {
  readonly events: readonly PaperEvent[];
  readonly reports: readonly Report[];
}

interface OpenBatch {
  readonly events: PaperEvent[];
  readonly reports: Report[];
}

export interface PaperBackendJournalOptions {
  readonly store: PaperStore;
  /** Called once for each batch, in order, as soon as it is durable and before `write` resolves. */
  readonly onDurable: (batch: JournalBatch) => Promise<void>;
}

/**
 * The one writer of an account's events. They are stored in order; what arrives while a write is under way goes together
 * with the next. After the first failure nothing is written any more and everything rejects: what is in the store is then
 * the only truth.
 */
export class PaperBackendJournal {
  readonly #options: PaperBackendJournalOptions;
  #collecting: OpenBatch | null = null;
  #isWriting = false;
  #tail: Promise<void> = Promise.resolve();

  constructor(options: PaperBackendJournalOptions) {
    this.#options = options;
  }

  /** Nothing waits to be written; a write may be under way. */
  get isEmpty(): boolean {
    return this.#collecting === null;
  }

  /** Everything that was written is durable and announced. */
  get isSettled(): boolean {
    return this.isEmpty && !this.#isWriting;
  }

  /** Resolves when `events` are durable and `reports` on their way; with none, when all earlier ones are. */
  write({ events, reports }: JournalBatch): Promise<void> {
    if (events.length === 0) return this.#tail;
    let batch = this.#collecting;
    if (batch === null) {
      const opened: OpenBatch = { events: [], reports: [] };
      batch = opened;
      this.#collecting = opened;
      this.#tail = this.#tail.then(() => this.#store(opened));
      // Whoever waits for the batch is told; nobody has to.
      this.#tail.catch(() => undefined);
    }
    batch.events.push(...events);
    batch.reports.push(...reports);
    return this.#tail;
  }

  async #store(batch: OpenBatch): Promise<void> {
    this.#collecting = null;
    this.#isWriting = true;
    await this.#options.store.append(batch.events);
    await this.#options.onDurable(batch);
    this.#isWriting = false;
  }
}
