import { backoffMs } from "../backoff.ts";
import type { BrokerError } from "../BrokerError.ts";
import type { BrokerDeps } from "../deps.ts";
import type { RequestBudgetStatus } from "../domain/connection.ts";
import { URGENCIES, type Urgency } from "../domain/Urgency.ts";
import { perUrgency } from "./perUrgency.ts";
import { RequestBudget, type BudgetTerms, type ToldBudget } from "./RequestBudget.ts";
import { unsent } from "./unsent.ts";
import { needOf, UrgencyQueue } from "./UrgencyQueue.ts";
import { Waits } from "./Waits.ts";

/** How many of a kind may wait; the next one is refused at once. */
const QUEUE_LIMITS: Readonly<Record<Urgency, number>> = {
  cancel: 1_000,
  reduce: 200,
  lookup: 1_000,
  order: 200,
  read: 200,
  history: 100,
};

export interface SchedulerOptions {
  readonly terms: BudgetTerms;
  readonly deps: Pick<BrokerDeps, "clock" | "random">;
  /** @default 1,000 cancels and look-ups, 200 of the other kinds, 100 of history */
  readonly queueLimits?: Readonly<Record<Urgency, number>>;
}

/** What an answer says to those that wait. */
export interface Heard {
  readonly budget: ToldBudget | null;
  /** The broker refused for want of budget, and when to come back where it says so. */
  readonly spent: { readonly retryAfterMs: number | null } | null;
}

export interface ScheduledRequest<Result> {
  /** In its errors. */
  readonly broker: string;
  readonly urgency: Urgency;
  /** In the queue; beyond it, the request is refused, and never sent late. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal;
  /** Whose it is: what `refuseAll` and `withdraw` go by. */
  readonly owner: object;
  /** An order's client order id: by it a cancel takes the order back while it waits. */
  readonly name?: string;
  /** Asked in the instant before it goes; what it answers refuses the request, and no budget is spent. */
  readonly refusal?: () => BrokerError | null;
  /** Called once at most, in the same tick in which the budget was spent. */
  readonly send: () => Promise<Result>;
  /** @default the answer says nothing of the budget */
  readonly hear?: (result: Result) => Heard;
}

interface Waiting {
  readonly urgency: Urgency;
  readonly owner: object;
  readonly name: string | undefined;
  readonly since: number;
  readonly deadline: number;
  readonly refusal: () => BrokerError | null;
  readonly go: () => void;
  readonly refuse: (error: BrokerError) => void;
  readonly late: () => BrokerError;
}

/**
 * Sends requests in the order of their urgency, as fast as one budget allows: a cancel before all others, each kind
 * first in, first out, and the least urgent at least once in a hundred. A request that need not wait goes in the tick
 * of its call. Every request ends: sent, or refused with a code that says that nothing was.
 */
export class RequestScheduler {
  readonly #deps: Pick<BrokerDeps, "clock" | "random">;
  readonly #budget: RequestBudget;
  readonly #windowMs: number;
  readonly #queueLimits: Readonly<Record<Urgency, number>>;
  readonly #queue = new UrgencyQueue<Waiting>();
  readonly #waits: Waits;
  #wake: { readonly at: number; readonly timer: Disposable } | null = null;
  /** Refusals for want of budget in a row. */
  #refusals = 0;

  constructor({ terms, deps, queueLimits = QUEUE_LIMITS }: SchedulerOptions) {
    this.#deps = deps;
    this.#budget = new RequestBudget(terms, deps.random);
    this.#windowMs = terms.windowMs;
    this.#queueLimits = queueLimits;
    this.#waits = new Waits(terms.windowMs);
  }

  /** @throws what `send` throws; BrokerError with the detail `unsent` where it was never called. */
  run<Result>(request: ScheduledRequest<Result>): Promise<Result> {
    const { broker, urgency, maxWaitMs, signal } = request;
    const refusal = this.#refuseAtOnce(request);
    if (refusal !== null) return Promise.reject(refusal);
    return new Promise<Result>((resolve, reject) => {
      let timer: Disposable | null = null;
      const since = this.#now();
      const end = (): void => {
        timer?.[Symbol.dispose]();
        signal?.removeEventListener("abort", abandon);
      };
      const entry: Waiting = {
        urgency,
        owner: request.owner,
        name: request.name,
        since,
        deadline: since + maxWaitMs,
        refusal: request.refusal ?? (() => null),
        go: () => {
          end();
          this.#send(request).then(resolve, reject);
        },
        refuse: (error) => {
          end();
          reject(error);
        },
        late: () => this.#late(request, since),
      };
      const abandon = (): void => this.#refuse(entry, abandoned(broker));
      this.#queue.add(entry);
      this.#pump();
      if (!this.#queue.has(entry)) return;
      const freeAt = this.#budget.freeAt(needOf(urgency), since);
      if (freeAt >= entry.deadline) {
        this.#refuse(entry, entry.late());
        return;
      }
      signal?.addEventListener("abort", abandon, { once: true });
      timer = this.#deps.clock.setTimer(maxWaitMs, () => this.#refuse(entry, entry.late()));
    });
  }

  /**
   * Takes back what still waits under this name.
   * @returns true where something did: it is not sent, and its caller is refused. False says nothing: it may be on its way.
   */
  withdraw(owner: object, name: string, error: BrokerError): boolean {
    const found = this.#queue.entries().filter((entry) => entry.owner === owner && entry.name === name);
    for (const entry of found) this.#refuse(entry, error);
    return found.length > 0;
  }

  /** Refuses whatever of one owner waits. */
  refuseAll(owner: object, error: BrokerError): void {
    for (const entry of this.#queue.entries()) if (entry.owner === owner) this.#refuse(entry, error);
  }

  /** How it stands. */
  status(): RequestBudgetStatus {
    const now = this.#now();
    const budget = this.#budget;
    const waitingMs = (urgency: Urgency): number => {
      const oldest = this.#queue.oldest(urgency);
      return oldest === null ? 0 : Math.round(now - oldest.since);
    };
    return {
      limit: budget.limit,
      windowMs: this.#windowMs,
      spendable: budget.spendable,
      remaining: budget.remaining("urgent", now),
      reserved: budget.reserved,
      resetAt: Math.round(this.#deps.clock.now() + budget.wholeAt(now) - now),
      queued: perUrgency((urgency) => this.#queue.sizeOf(urgency)),
      waitingMs: perUrgency(waitingMs),
      longestWaitMs: perUrgency((urgency) => Math.round(this.#waits.longestMs(urgency, now))),
    };
  }

  #refuseAtOnce<Result>({ broker, urgency, maxWaitMs, signal, refusal }: ScheduledRequest<Result>): BrokerError | null {
    if (signal?.aborted === true) return abandoned(broker);
    if (maxWaitMs <= 0) return unsent(broker, "late", "its time was over before it could be sent");
    const barred = refusal?.() ?? null;
    if (barred !== null) return barred;
    const queued = this.#queue.sizeOf(urgency);
    if (queued < this.#queueLimits[urgency]) return null;
    return unsent(broker, "queue_full", `${queued} requests of its kind wait already`, this.#numbers(urgency));
  }

  async #send<Result>({ send, hear }: ScheduledRequest<Result>): Promise<Result> {
    const { clock } = this.#deps;
    const isTry = this.#budget.isPaused(clock.monotonic());
    let result: Result;
    try {
      result = await send();
    } catch (error) {
      this.#budget.lost(clock.monotonic());
      this.#pump();
      throw error;
    }
    const heard = hear?.(result);
    this.#budget.answered(heard?.budget ?? null, clock.monotonic());
    this.#heed(heard, isTry);
    this.#pump();
    return result;
  }

  /**
   * A refusal for want of budget holds everything: those that follow would only be refused too. A cancel may try, ever
   * more seldom: the broker's word may be wrong, and what a cancel lets stand costs money.
   */
  #heed(heard: Heard | undefined, isTry: boolean): void {
    const now = this.#now();
    const spent = heard?.spent ?? null;
    if (spent === null) {
      this.#refusals = 0;
      return;
    }
    // Those that were under way when the first was refused tell nothing new.
    if (!this.#budget.isPaused(now) || isTry) this.#refusals += 1;
    const toldMs = spent.retryAfterMs;
    const isRepeated = this.#refusals > 1;
    const tryMs = backoffMs(this.#refusals - 1, this.#deps.random);
    this.#budget.pause(Math.max(toldMs ?? 0, toldMs === null || isRepeated ? tryMs : 0), tryMs, now);
  }

  #pump(): void {
    const { clock } = this.#deps;
    for (;;) {
      const now = clock.monotonic();
      const entry = this.#queue.next(this.#budget.room(now));
      if (entry === null) break;
      const refusal = now >= entry.deadline ? entry.late() : entry.refusal();
      if (refusal !== null) {
        this.#refuse(entry, refusal);
        continue;
      }
      this.#queue.take(entry);
      this.#budget.spend(now);
      this.#waits.add(entry.urgency, now - entry.since, now);
      entry.go();
    }
    this.#arm();
  }

  /** One timer, for the instant at which the next may go. */
  #arm(): void {
    const at = this.#lookAt();
    if (at === this.#wake?.at) return;
    this.#wake?.timer[Symbol.dispose]();
    this.#wake = null;
    if (at === null) return;
    const delayMs = Math.max(1, Math.ceil(at - this.#now()));
    const timer = this.#deps.clock.setTimer(delayMs, () => {
      this.#wake = null;
      this.#pump();
    });
    this.#wake = { at, timer };
  }

  #lookAt(): number | null {
    if (this.#queue.size === 0) return null;
    const now = this.#now();
    const waiting = URGENCIES.filter((urgency) => this.#queue.sizeOf(urgency) > 0);
    return Math.min(...waiting.map((urgency) => this.#budget.lookAt(needOf(urgency), now)));
  }

  #refuse(entry: Waiting, error: BrokerError): void {
    if (!this.#queue.remove(entry)) return;
    entry.refuse(error);
    if (this.#queue.size === 0) this.#arm();
  }

  #late<Result>({ broker, urgency }: ScheduledRequest<Result>, since: number): BrokerError {
    const waitedMs = Math.round(this.#now() - since);
    const { limit } = this.#budget;
    const isPaused = this.#budget.isPaused(this.#now());
    const message = isPaused
      ? "the broker asked to wait"
      : `its ${limit} requests in ${this.#windowMs / 1_000} s are spent`;
    return unsent(broker, "waited", message, { waitedMs, ...this.#numbers(urgency) });
  }

  #numbers(urgency: Urgency): Readonly<Record<string, number>> {
    const now = this.#now();
    const { limit, spendable } = this.#budget;
    const freeMs = this.#budget.freeAt(needOf(urgency), now) - now;
    const ahead = this.#queue.ahead(urgency);
    const turnMs = (ahead * this.#windowMs) / spendable;
    const retryAfterMs = Math.max(1, Math.ceil(Math.max(freeMs, turnMs)));
    const remaining = this.#budget.remaining(needOf(urgency), now);
    return { retryAfterMs, limit, windowMs: this.#windowMs, remaining, ahead };
  }

  #now(): number {
    return this.#deps.clock.monotonic();
  }
}

function abandoned(broker: string): BrokerError {
  return unsent(broker, "abandoned", "the caller stopped waiting");
}
