import type { Random } from "../domain/Random.ts";
import { SendLog } from "./SendLog.ts";

/** What a broker allows, before it says anything itself. */
export interface BudgetTerms {
  /** Requests in any window. */
  readonly limit: number;
  readonly windowMs: number;
  /** The share of the limit that is spent at most: others may use the same keys. @default 0.9 */
  readonly spend?: number;
  /** The share of that which is kept for cancels and for what makes a risk smaller. @default 0.2 */
  readonly reserve?: number;
}

/** What an answer says of the budget. */
export interface ToldBudget {
  readonly limit: number;
  /** Of the whole limit, after the request that it answers; other clients of the same keys count too. */
  readonly remaining: number;
  /** Which window it speaks of: the same number for the same one, a greater for a later one. */
  readonly window: number;
  readonly resetsInMs: number;
}

/** Who may go now: nobody, only a cancel, cancels and what makes a risk smaller, or all. */
export type Room = "none" | "cancel" | "urgent" | "all";
/** The least room that a request needs. */
export type Need = Exclude<Room, "none">;

interface Told {
  readonly window: number;
  /** The least that was told of this window: answers overtake each other, and within a window it only falls. */
  remaining: number;
  readonly endsAt: number;
}

const SPEND = 0.9;
const RESERVE = 0.2;
/** What is told of a time that is further away is spoilt. In windows. */
const LONGEST_RESET = 2;
/** After a reset, so that clocks may differ a little and not every client of the broker comes back in one instant. */
const LEAST_JITTER_MS = 100;
const JITTER_MS = 900;

/**
 * How many requests may go: never more than its share of the limit in any window, by its own count; and where the
 * broker tells what is left, never more than that less what is still under way. Cancels, and what makes a risk smaller,
 * may take the last of that; the others leave the reserve, and what the broker's other clients may want. Instants are
 * of the monotonic clock.
 */
export class RequestBudget {
  readonly #terms: BudgetTerms;
  readonly #random: Random;
  readonly #sent: SendLog;
  #limit: number;
  #told: Told | null = null;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** In a pause one cancel may try at that time, and the next so much later. */
  #tryAt = Number.NEGATIVE_INFINITY;
  #tryEveryMs = 0;
  #underWay = 0;

  constructor(terms: BudgetTerms, random: Random) {
    this.#terms = terms;
    this.#random = random;
    this.#limit = terms.limit;
    this.#sent = new SendLog(terms.windowMs);
  }

  /** As the broker told it last. */
  get limit(): number {
    return this.#limit;
  }

  /** Of the limit, what is spent in a window at most. */
  get spendable(): number {
    return Math.max(1, Math.floor(this.#limit * (this.#terms.spend ?? SPEND)));
  }

  /** Of that, what only cancels and what makes a risk smaller may take. */
  get reserved(): number {
    return Math.round(this.spendable * (this.#terms.reserve ?? RESERVE));
  }

  /** The broker wants none for now. */
  isPaused(now: number): boolean {
    return now < this.#pausedUntil;
  }

  /** Requests of one need that may go at once. */
  remaining(need: Need, now: number): number {
    const { byCount, byWord } = this.#kept(need);
    const counted = this.spendable - byCount - this.#sent.count(now);
    const told = this.#current(now);
    const left = told === null ? counted : Math.min(counted, told.remaining - byWord - this.#underWay);
    return Math.min(Math.max(0, left), this.#unpaused(need, now));
  }

  room(now: number): Room {
    if (this.remaining("all", now) > 0) return "all";
    if (this.remaining("urgent", now) > 0) return "urgent";
    return this.remaining("cancel", now) > 0 ? "cancel" : "none";
  }

  /** The earliest instant at which one more of a need may go; `now` where that is now. */
  freeAt(need: Need, now: number): number {
    const { byCount, byWord } = this.#kept(need);
    const countedAt = this.#sent.whenAtMost(this.spendable - byCount - 1, now);
    const told = this.#current(now);
    const toldAt = told !== null && told.remaining <= byWord ? told.endsAt : now;
    const pausedUntil = need === "cancel" ? Math.min(this.#tryAt, this.#pausedUntil) : this.#pausedUntil;
    return Math.max(now, countedAt, toldAt, pausedUntil);
  }

  /** When to look again where there is no room: `freeAt`, or the end of the window where answers under way decide. */
  lookAt(need: Need, now: number): number {
    const free = this.freeAt(need, now);
    return free > now ? free : (this.#current(now)?.endsAt ?? now);
  }

  /** When all of it is there again, if nothing goes until then. */
  wholeAt(now: number): number {
    return Math.max(this.#sent.emptyAt(now), this.#pausedUntil, this.#current(now)?.endsAt ?? now);
  }

  /** One goes now. */
  spend(now: number): void {
    this.#sent.add(now);
    this.#underWay += 1;
    if (this.isPaused(now)) this.#tryAt = now + this.#tryEveryMs;
  }

  /** One was answered. @param told null where the answer says nothing of the budget. */
  answered(told: ToldBudget | null, now: number): void {
    this.#underWay -= 1;
    if (told === null || !(told.limit >= 1)) return;
    const { limit, remaining, window, resetsInMs } = told;
    const current = this.#current(now);
    // An answer of a window that is over says nothing of this one.
    if (current !== null && window < current.window) return;
    this.#limit = limit;
    if (current?.window === window) {
      current.remaining = Math.min(current.remaining, remaining);
      return;
    }
    const awayMs = Math.min(Math.max(0, resetsInMs), LONGEST_RESET * this.#terms.windowMs);
    this.#told = { window, remaining, endsAt: now + awayMs + this.#jitter() };
  }

  /** One has no answer: whether the broker counted it is not known. */
  lost(now: number): void {
    this.#underWay -= 1;
    const told = this.#current(now);
    if (told !== null) told.remaining -= 1;
  }

  /** The broker wants none for so long; a little chance is added. @param tryMs until one cancel may try all the same. */
  pause(ms: number, tryMs: number, now: number): void {
    const awayMs = Math.min(Math.max(0, ms), LONGEST_RESET * this.#terms.windowMs);
    const jitterMs = this.#jitter();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + awayMs + jitterMs);
    this.#tryEveryMs = tryMs;
    this.#tryAt = now + tryMs + jitterMs;
  }

  /** How many a pause lets go. */
  #unpaused(need: Need, now: number): number {
    if (!this.isPaused(now)) return Number.POSITIVE_INFINITY;
    return need === "cancel" && now >= this.#tryAt ? 1 : 0;
  }

  /** What is left alone of our own share, and of what the broker has left. */
  #kept(need: Need): { readonly byCount: number; readonly byWord: number } {
    if (need !== "all") return { byCount: 0, byWord: 0 };
    return { byCount: this.reserved, byWord: this.reserved + this.#limit - this.spendable };
  }

  #current(now: number): Told | null {
    if (this.#told !== null && this.#told.endsAt <= now) this.#told = null;
    return this.#told;
  }

  #jitter(): number {
    return LEAST_JITTER_MS + this.#random.next() * JITTER_MS;
  }
}
