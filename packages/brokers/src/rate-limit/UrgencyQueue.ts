import { URGENCIES, type Urgency } from "../domain/Urgency.ts";
import { Fifo } from "./Fifo.ts";
import { perUrgency } from "./perUrgency.ts";
import type { Need, Room } from "./RequestBudget.ts";

/**
 * A kind of request that others were sent before so often goes next. Five kinds can come to that at once, so each has
 * one in a hundred at least.
 */
const AGED_AFTER = 95;

/** The reserve is kept for cancels and for what makes a risk smaller. */
export function needOf(urgency: Urgency): Need {
  return urgency === "cancel" ? "cancel" : urgency === "reduce" ? "urgent" : "all";
}

/** Requests that wait, each kind first in, first out. */
export class UrgencyQueue<Entry extends { readonly urgency: Urgency }> {
  readonly #waiting = perUrgency(() => new Fifo<Entry>());
  /** How many of other kinds went since one of this kind did, while it waited. */
  readonly #passed: Record<Urgency, number> = { ...perUrgency(() => 0) };

  get size(): number {
    return URGENCIES.reduce((sum, urgency) => sum + this.#waiting[urgency].size, 0);
  }

  sizeOf(urgency: Urgency): number {
    return this.#waiting[urgency].size;
  }

  /** Those that go before a new one of `urgency`. */
  ahead(urgency: Urgency): number {
    const upTo = URGENCIES.slice(0, URGENCIES.indexOf(urgency) + 1);
    return upTo.reduce((sum, each) => sum + this.#waiting[each].size, 0);
  }

  /** The one of its kind that waits longest. */
  oldest(urgency: Urgency): Entry | null {
    return this.#waiting[urgency].first;
  }

  entries(): readonly Entry[] {
    return URGENCIES.flatMap((urgency) => this.#waiting[urgency].values());
  }

  has(entry: Entry): boolean {
    return this.#waiting[entry.urgency].has(entry);
  }

  add(entry: Entry): void {
    this.#waiting[entry.urgency].add(entry);
  }

  /** @returns false where it does not wait (any more). */
  remove(entry: Entry): boolean {
    return this.#waiting[entry.urgency].remove(entry);
  }

  /** Which goes next where there is room, without taking it out: cancels always first, then whoever was passed over too often. */
  next(room: Room): Entry | null {
    if (room === "none") return null;
    const cancel = this.oldest("cancel");
    if (cancel !== null || room === "cancel") return cancel;
    if (room === "urgent") return this.oldest("reduce");
    const aged = this.#aged();
    if (aged !== null) return this.oldest(aged);
    for (const urgency of URGENCIES) {
      const entry = this.oldest(urgency);
      if (entry !== null) return entry;
    }
    return null;
  }

  /** Takes it out because it goes. */
  take(entry: Entry): void {
    this.remove(entry);
    for (const urgency of URGENCIES)
      this.#passed[urgency] = this.#waiting[urgency].size === 0 ? 0 : this.#passed[urgency] + 1;
    this.#passed[entry.urgency] = 0;
  }

  /** The kind that was passed over most often, where one was too often. */
  #aged(): Urgency | null {
    let aged: Urgency | null = null;
    let most = AGED_AFTER - 1;
    for (const urgency of URGENCIES) {
      if (this.#waiting[urgency].size === 0 || this.#passed[urgency] <= most) continue;
      most = this.#passed[urgency];
      aged = urgency;
    }
    return aged;
  }
}
