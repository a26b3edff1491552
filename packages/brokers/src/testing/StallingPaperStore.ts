import { MemoryPaperStore } from "../paper/MemoryPaperStore.ts";
import type { PaperEvent } from "../paper/PaperEvent.ts";
import type { PaperSnapshot } from "../paper/PaperSnapshot.ts";
import type { PaperStore } from "../paper/PaperStore.ts";

/**
 * A store in memory whose writes a test can hold up, and make fail before or after they are stored. It takes what a
 * database takes and no more.
 */
export class StallingPaperStore implements PaperStore {
  readonly #memory = new MemoryPaperStore();
  /** The number of events in each write, in order. */
  readonly writes: number[] = [];
  readonly snapshots: PaperSnapshot[] = [];
  #gate: Promise<void> = Promise.resolve();
  #failure: "before" | "after" | null = null;

  /** Writes wait until the answer is called. */
  holdUp(): () => void {
    let letGo = (): void => undefined;
    this.#gate = new Promise((resolve) => {
      letGo = resolve;
    });
    return letGo;
  }

  /** The next write fails: as if it had never come, or with only its answer lost. */
  failNext(when: "before" | "after"): void {
    this.#failure = when;
  }

  load() {
    return this.#memory.load();
  }

  async append(events: readonly PaperEvent[]): Promise<void> {
    const failure = this.#failure;
    this.#failure = null;
    await this.#gate;
    if (failure === "before") throw new Error("the disk is full");
    assertStorable(events);
    await this.#memory.append(events);
    this.writes.push(events.length);
    if (failure === "after") throw new Error("the answer of the store was lost");
  }

  async saveSnapshot(snapshot: PaperSnapshot): Promise<void> {
    assertStorable(snapshot);
    await this.#memory.saveSnapshot(snapshot);
    this.snapshots.push(snapshot);
  }
}

/** Postgres takes neither a null character nor half a surrogate pair: https://www.postgresql.org/docs/current/datatype-json.html */
function assertStorable(value: unknown): void {
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "string" && /[\0\p{Surrogate}]/u.test(part)) {
      throw new Error("unsupported Unicode escape sequence");
    }
    return part;
  });
}
