import type { PaperEvent } from "./PaperEvent.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";

/** The port behind which one paper account survives a restart. */
export interface PaperStore {
  /** The newest snapshot and every event after it, in order; all events where there is no snapshot. */
  load(): Promise<{ readonly snapshot: PaperSnapshot | null; readonly events: readonly PaperEvent[] }>;
  /**
   * All of `events` or none of them; durable once resolved. An empty list does nothing.
   * @throws PaperJournalError unless `events[0].seq` follows the last stored one and the rest are gapless.
   */
  append(events: readonly PaperEvent[]): Promise<void>;
  /** Replaces the snapshot. Its events must have been appended before. */
  saveSnapshot(snapshot: PaperSnapshot): Promise<void>;
}
