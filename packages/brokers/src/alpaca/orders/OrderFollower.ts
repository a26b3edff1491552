import { BrokerError } from "../../BrokerError.ts";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { TradeUpdate } from "../stream/tradeUpdate.ts";
import type { OrderBook } from "./OrderBook.ts";
import type { OrderSync } from "./OrderSync.ts";

/** A fill that the stream should have told by then is read from the list of activities; then ever more seldom. */
const UNTOLD_MS = 2_000;
const LONGEST_UNTOLD_MS = 60_000;
/** Between two looks for what was missed, and for orders whose answer was lost. */
const LOOK_MS = 5_000;
/** Between two clearances of what ended long ago. */
const PRUNE_MS = 3_600_000;
/** An order that ended is known without asking for this long. */
const KEPT_MS = 7 * 86_400_000;
/** A gap begins a little before it was noticed. */
const GAP_MARGIN_MS = 120_000;
/** Between two comparisons of all open orders: a stream can be mute without any sign. */
const SWEEP_MS = 60_000;

export interface OrderFollowerOptions {
  readonly book: OrderBook;
  readonly sync: OrderSync;
  readonly deps: BrokerDeps;
  /** The broker's clock, epoch milliseconds. */
  readonly brokerNow: () => number;
}

/**
 * Keeps the book true: by the stream while it is there, and by asking after every stretch in which it was not. What the
 * stream tells while the account is being read waits until that is done.
 */
export class OrderFollower {
  readonly #options: OrderFollowerOptions;
  /** What the stream told since it is being caught up; null while it is applied at once. */
  #waiting: TradeUpdate[] | null = [];
  /** Since when something may have been missed, the broker's clock; null while nothing is known to be. */
  #missedSince: number | null = null;
  /** Grows with each thing that was missed. */
  #gaps = 0;
  #isStreaming = false;
  #hasBegun = false;
  #triedAt = 0;
  /** Orders that are to be read again, and when, the monotonic clock. */
  readonly #rereads = new Map<string, number>();
  /** Orders whose fills were not told, and when they are looked for; null while there are none. */
  #untold: { readonly ids: ReadonlySet<string>; readonly waitMs: number; readonly lookAt: number } | null = null;
  #lookedAt = 0;
  #sweptAt = 0;
  #prunedAt = 0;
  /** Readings never overlap. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(options: OrderFollowerOptions) {
    this.#options = options;
  }

  get isCaughtUp(): boolean {
    return this.#missedSince === null;
  }

  /** What is there at the beginning, told to nobody. @throws BrokerError */
  begin(): Promise<void> {
    return this.#inLane(async () => {
      const { sync, brokerNow } = this.#options;
      await sync.begin(brokerNow());
      this.#hasBegun = true;
      if (this.#isStreaming) this.#missedSince = null;
      this.#sweptAt = this.#options.deps.clock.monotonic();
      this.#release();
    });
  }

  onUpdate(update: TradeUpdate): void {
    if (this.#waiting !== null) this.#waiting.push(update);
    else this.#apply(update);
  }

  /** The stream is gone: until it is there again, everything is missed. */
  onLost(): void {
    this.#isStreaming = false;
    this.#miss();
  }

  /** The stream told what cannot be read, or an execution before which others are missing. */
  onGap(): void {
    this.#miss();
    void this.catchUp().catch((error: unknown) => this.#failed(error));
  }

  /** The stream is there again. */
  onReady(): void {
    this.#isStreaming = true;
    if (this.#hasBegun) void this.catchUp().catch((error: unknown) => this.#failed(error));
  }

  /** Reads what may have been missed; does nothing where nothing was. @throws BrokerError */
  catchUp(): Promise<void> {
    return this.#inLane(async () => {
      const since = this.#missedSince;
      if (since === null) return;
      const { sync, brokerNow } = this.#options;
      const beganAt = brokerNow();
      const gaps = this.#gaps;
      const isStreaming = this.#isStreaming;
      this.#waiting ??= [];
      try {
        await sync.catchUp(since);
        // What happens while nobody listens is read the next time.
        this.#missedSince = isStreaming && gaps === this.#gaps ? null : beganAt;
      } finally {
        this.#release();
      }
    });
  }

  /** Called every second: what fails keeps nothing else from being done. @throws BrokerError the first failure */
  async tend(): Promise<void> {
    const now = this.#options.deps.clock.monotonic();
    this.#prune(now);
    await doEach([
      () => this.#tryCatchUp(now),
      ...[...this.#rereads.keys()].map((id) => () => this.#reread(id, now)),
      () => this.#findUntold(now),
      () => this.#findUnanswered(now),
      () => this.#sweep(now),
    ]);
  }

  /** Resolves when nothing is being read. */
  async settled(): Promise<void> {
    await this.#lane;
  }

  async #tryCatchUp(now: number): Promise<void> {
    if (this.#missedSince === null || now - this.#triedAt < LOOK_MS) return;
    this.#triedAt = now;
    await this.catchUp();
  }

  async #reread(id: string, now: number): Promise<void> {
    if (now < (this.#rereads.get(id) ?? now)) return;
    this.#rereads.delete(id);
    await this.#inLane(() => this.#options.sync.read(id)).catch((error: unknown) => {
      // What Alpaca does not have is not there to be read.
      if (!isNotFound(error)) this.#rereads.set(id, now + LOOK_MS);
      throw error;
    });
  }

  async #findUntold(now: number): Promise<void> {
    const { book, sync, brokerNow } = this.#options;
    const untold = book.untold();
    const before = this.#untold;
    if (untold.length === 0) {
      this.#untold = null;
      return;
    }
    const ids = new Set(untold.map(({ head }) => head.id));
    const isNews = before === null || [...ids].some((id) => !before.ids.has(id));
    const waitMs = isNews ? UNTOLD_MS : before.waitMs;
    const lookAt = Math.min(before?.lookAt ?? Number.POSITIVE_INFINITY, isNews ? now + UNTOLD_MS : before.lookAt);
    this.#untold = { ids, waitMs, lookAt };
    if (now < lookAt) return;
    this.#untold = { ids, waitMs: Math.min(2 * waitMs, LONGEST_UNTOLD_MS), lookAt: now + waitMs };
    const first = Math.min(...untold.map(({ head }) => head.updated_at ?? brokerNow()));
    await this.#inLane(() => sync.catchUpFills(first));
  }

  async #findUnanswered(now: number): Promise<void> {
    const { book, sync, brokerNow } = this.#options;
    const unanswered = book.sent.unanswered(brokerNow());
    if (unanswered.length === 0 || now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    await this.#inLane(() => sync.lookForUnanswered(unanswered));
  }

  #prune(now: number): void {
    if (now - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = now;
    const { book, brokerNow } = this.#options;
    // What was missed is news still, however old.
    const known = Math.min(brokerNow(), (this.#missedSince ?? Number.POSITIVE_INFINITY) - GAP_MARGIN_MS);
    book.prune(Math.min(known, brokerNow() - KEPT_MS));
  }

  async #sweep(now: number): Promise<void> {
    const { book, sync } = this.#options;
    if (book.openChains().length === 0 || now - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = now;
    await this.#inLane(() => sync.sweep());
  }

  #miss(): void {
    this.#gaps += 1;
    this.#missedSince ??= this.#options.brokerNow();
  }

  #apply(update: TradeUpdate): void {
    const { hasGap, reread } = this.#options.book.apply(update);
    for (const id of reread) this.#rereads.set(id, Number.NEGATIVE_INFINITY);
    if (hasGap) this.onGap();
  }

  #release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const update of waiting) this.#apply(update);
  }

  #inLane<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#lane.then(work);
    this.#lane = mine.catch(() => undefined);
    return mine;
  }

  /** It is tried again every second, and the status says that something may have been missed. */
  #failed(err: unknown): void {
    this.#options.deps.logger.warn({ err }, "Alpaca: what happened to orders could not be read");
  }
}

/** Does one after another, also where one before it failed. @throws the first failure */
async function doEach(works: readonly (() => Promise<void>)[]): Promise<void> {
  let failure: { readonly error: unknown } | null = null;
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== null) throw failure.error;
}

function isNotFound(error: unknown): boolean {
  return error instanceof BrokerError && error.code === BrokerErrorCode.ORDER_NOT_FOUND;
}
