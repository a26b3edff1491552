import { money } from "../domain/decimal.ts";
import type { AccountState } from "./AccountState.ts";
import type { EventLog } from "./EventLog.ts";
import type { OrderDesk } from "./OrderDesk.ts";
import { expiryReason } from "./reasons.ts";
import { tradingPhase, type SessionState, type TradingPhase } from "./SessionState.ts";

export interface MarketTimeParts {
  readonly state: AccountState;
  readonly log: EventLog;
  readonly desk: OrderDesk;
  readonly sessionAt: (at: number) => SessionState;
}

/** Moves an account through sessions and market days (PX1, PX22, PX41, PX43). */
export class MarketTime {
  readonly #parts: MarketTimeParts;
  /** The instant that `#session` is the answer for. */
  #sessionAt: number | undefined;
  #session: SessionState | undefined;
  #phase: TradingPhase | null = null;

  constructor(parts: MarketTimeParts) {
    this.#parts = parts;
  }

  /** Who may trade at the last instant; null before the first. */
  get phase(): TradingPhase | null {
    return this.#phase;
  }

  get session(): SessionState {
    return this.#session ?? this.#parts.sessionAt(this.#instant(Number.NaN));
  }

  /** The session that restored quotes belong to. */
  resume(phase: TradingPhase | null): void {
    this.#phase = phase;
  }

  /** Moves to `at` and does what the time in between asks for. Where the calendar throws, nothing has changed. */
  advance(at: number): SessionState {
    const { state, sessionAt } = this.#parts;
    const now = this.#instant(at);
    if (this.#session !== undefined && now === this.#sessionAt) return this.#session;
    const session = sessionAt(now);
    if (now >= state.nextExpiryAt) this.#expireOrders(now);
    state.now = now;
    const isNewDay = now >= state.day.endsAt;
    if (isNewDay) this.#startDay(session);
    const phase = tradingPhase(session);
    // From one day's open session straight into the next one's is a change of session too.
    if (isNewDay || phase !== this.#phase) {
      // The first call after a start or a restore ends no session: what is known then belongs to it.
      if (this.#phase !== null) for (const symbol of state.symbols) symbol.market.endSession();
      this.#phase = phase;
    }
    this.#session = session;
    this.#sessionAt = now;
    return session;
  }

  /** Time never falls, and what is no time is no time at all. */
  #instant(at: number): number {
    const { now } = this.#parts.state;
    if (Number.isFinite(at)) return Math.max(at, now);
    return Number.isFinite(now) ? now : 0;
  }

  #expireOrders(now: number): void {
    const { state, desk } = this.#parts;
    const due = [...state.openOrders].flatMap((order) => {
      const { expiresAt } = order.terms;
      return expiresAt !== null && expiresAt <= now ? [{ order, expiresAt }] : [];
    });
    for (const { order, expiresAt } of due.toSorted((a, b) => a.expiresAt - b.expiresAt)) {
      // At the boundary itself, however late we are told that it has passed.
      state.now = Math.max(state.now, expiresAt);
      desk.close(order, "expired", expiryReason(order));
    }
    state.nextExpiryAt = Number.POSITIVE_INFINITY;
    for (const { terms } of state.openOrders) {
      if (terms.expiresAt !== null) state.nextExpiryAt = Math.min(state.nextExpiryAt, terms.expiresAt);
    }
  }

  #startDay({ dayEndsAt }: SessionState): void {
    const { state, log } = this.#parts;
    const equity = state.equity();
    state.startDay(equity, dayEndsAt);
    log.emit({ seq: log.nextSequence, at: log.now, type: "day_started", equity: money(equity), endsAt: dayEndsAt });
  }
}
