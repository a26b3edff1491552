import type { PaperEvent } from "./PaperEvent.ts";
import { checkContinues } from "./PaperJournalError.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import type { PaperStore } from "./PaperStore.ts";

/** Keeps one account for as long as the process lives. */
export class MemoryPaperStore implements PaperStore {
  readonly #events: PaperEvent[] = [];
  #snapshot: PaperSnapshot | null = null;

  async load(): Promise<{ readonly snapshot: PaperSnapshot | null; readonly events: readonly PaperEvent[] }> {
    // Sequence numbers are gapless from 1, so the events after number n begin at index n.
    return { snapshot: this.#snapshot, events: this.#events.slice(this.#snapshot?.sequence ?? 0) };
  }

  async append(events: readonly PaperEvent[]): Promise<void> {
    checkContinues(this.#events.length, events);
    for (const event of events) this.#events.push(event);
  }

  async saveSnapshot(snapshot: PaperSnapshot): Promise<void> {
    if (snapshot.sequence > this.#events.length) {
      throw new RangeError(
        `snapshot ${snapshot.sequence} is ahead of the journal, which ends at ${this.#events.length}`,
      );
    }
    this.#snapshot = snapshot;
  }
}
