import type { BrokerDeps } from "../../deps.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { OrderSync } from "./OrderSync.ts";

/** Between two readings of the lists for the same reason. */
const LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 60_000;
/** An execution that a status tells of should have come by then. */
const LACKING_MS = 2_000;
/** Between two comparisons of all open orders: statuses are not promised for each change. */
const SWEEP_MS = 60_000;
const PRUNE_MS = 3_600_000;
/** An order that ended is known without asking for this long. */
const KEPT_MS = 7 * 86_400_000;

export interface OrderFollowerOptions {
  readonly book: OrderBook;
  readonly sync: OrderSync;
  readonly deps: BrokerDeps;
  /** The broker's clock, epoch milliseconds. */
  readonly brokerNow: () => number;
}

/** Keeps the book true: by what the gateway tells, and by its lists after every stretch in which something may be missing. */
export class OrderFollower {
  readonly #options: OrderFollowerOptions;
  #hasBegun = false;
  /** Grows with everything that may have been missed. */
  #gaps = 1;
  /** How many of them are made good. */
  #caughtUp = 0;
  #triedAt = Number.NEGATIVE_INFINITY;
  /** Something of the book says that lists are to be read; null while nothing does. */
  #doubt: { readonly since: number; readonly waitMs: number } | null = null;
  #sweptAt = 0;
  #prunedAt: number;
  /** Readings never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(options: OrderFollowerOptions) {
    this.#options = options;
    this.#prunedAt = options.deps.clock.monotonic();
  }

  /** Nothing is known to have been missed. */
  get isCaughtUp(): boolean {
    return this.#hasBegun && this.#caughtUp === this.#gaps;
  }

  /** Something may have been missed: a session was lost, or came back without what happened meanwhile. */
  miss(): void {
    this.#gaps += 1;
    this.#triedAt = Number.NEGATIVE_INFINITY;
  }

  /** The gateway tells of an order that is not known here. */
  wonder(): void {
    this.#doubt ??= { since: this.#now(), waitMs: 0 };
  }

  /** Reads the lists where something may have been missed; the first time nothing of it is told. @throws BrokerError */
  catchUp(): Promise<void> {
    return this.#inLane(async () => {
      if (this.isCaughtUp) return;
      const { sync, book } = this.#options;
      const gaps = this.#gaps;
      await sync.all();
      if (!this.#hasBegun) {
        this.#hasBegun = true;
        book.begin();
      }
      this.#caughtUp = gaps;
      this.#sweptAt = this.#now();
    });
  }

  /** Called every second while there is a session. @throws BrokerError where a list could not be read. */
  async tend(): Promise<void> {
    const now = this.#now();
    this.#options.book.tellLate();
    this.#prune(now);
    if (!this.isCaughtUp) {
      if (now - this.#triedAt < LOOK_MS) return;
      this.#triedAt = now;
      await this.catchUp();
      return;
    }
    await this.#lookAtDoubts(now);
    await this.#sweep(now);
  }

  /** Resolves when nothing is being read. */
  async settled(): Promise<void> {
    await this.#lane;
  }

  async #lookAtDoubts(now: number): Promise<void> {
    const { book, sync } = this.#options;
    const isDoubtful = book.lacking().length > 0 || book.openRecords().some((record) => record.isDoubtful);
    if (isDoubtful) this.#doubt ??= { since: now, waitMs: LACKING_MS };
    const doubt = this.#doubt;
    if (doubt === null || now - doubt.since < doubt.waitMs) return;
    this.#doubt = { since: now, waitMs: Math.min(Math.max(2 * doubt.waitMs, LOOK_MS), LONGEST_LOOK_MS) };
    await this.#inLane(() => sync.all());
    const isSettled = book.lacking().length === 0 && !book.openRecords().some((record) => record.isDoubtful);
    if (isSettled) this.#doubt = null;
  }

  async #sweep(now: number): Promise<void> {
    const { book, sync } = this.#options;
    const isOpen = book.openRecords().length > 0 || book.unconfirmed().length > 0;
    if (!isOpen || now - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = now;
    await this.#inLane(() => sync.all());
  }

  #prune(now: number): void {
    if (now - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = now;
    this.#options.book.prune(this.#options.brokerNow() - KEPT_MS);
  }

  #now(): number {
    return this.#options.deps.clock.monotonic();
  }

  #inLane<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(work);
    this.#lane = mine.catch(() => undefined);
    return mine;
  }
}
