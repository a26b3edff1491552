import { money } from "../domain/decimal.ts";
import type { AccountState } from "./AccountState.ts";
import { closeAt, lastPrint } from "./auctions.ts";
import type { EventLog } from "./EventLog.ts";
import type { Request } from "./InFlight.ts";
import type { MatchMoment } from "./meeting.ts";
import type { OrderDesk } from "./OrderDesk.ts";
import type { MoneyDesk } from "./money/MoneyDesk.ts";
import { expiryReason } from "./reasons.ts";
import { tradingPhase, type SessionState, type TradingPhase } from "./SessionState.ts";

export interface MarketTimeParts {
  readonly state: AccountState;
  readonly log: EventLog;
  readonly desk: OrderDesk;
  readonly moneyDesk: MoneyDesk;
  readonly sessionAt: (at: number) => SessionState;
  /** The instant at which orders meet the market. */
  readonly moment: () => MatchMoment;
  /** A request that was on its way is at the market. */
  readonly arrive: (request: Request) => void;
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
    this.#passUntil(now);
    state.now = now;
    this.#parts.moneyDesk.payDue();
    this.#enter(session);
    if (now >= state.day.endsAt) this.#startDay(session);
    this.#sessionAt = now;
    return session;
  }

  /** The session of `state.now`, before its day is started. */
  #enter(session: SessionState): void {
    const { state } = this.#parts;
    const phase = tradingPhase(session);
    // From one day's open session straight into the next one's is a change of session too.
    if (phase !== this.#phase || state.now >= state.day.endsAt) {
      // The first call after a start or a restore ends no session: what is known then belongs to it.
      if (this.#phase !== null) {
        for (const symbol of state.symbols) symbol.market.endSession();
        state.forgetQueues();
      }
      this.#phase = phase;
    }
    this.#session = session;
  }

  /** Does what falls due on the way to `now`, each at its own instant: expiries, closings and requests that arrive. */
  #passUntil(now: number): void {
    const { state, sessionAt, arrive } = this.#parts;
    for (;;) {
      const arrivesAt = state.inFlight.nextArrivalAt;
      const { nextAt } = state.expiries;
      if (Math.min(arrivesAt, nextAt) > now) return;
      if (nextAt <= arrivesAt) this.#expireOrders(Math.min(now, arrivesAt));
      const request = state.inFlight.first;
      if (request === undefined || request.arrivesAt > now) continue;
      state.now = Math.max(state.now, request.arrivesAt);
      this.#enter(sessionAt(state.now));
      state.inFlight.drop(request.orderId, request.kind);
      arrive(request);
    }
  }

  /** Time never falls, and what is no time is no time at all. */
  #instant(at: number): number {
    const { now } = this.#parts.state;
    if (Number.isFinite(at)) return Math.max(at, now);
    return Number.isFinite(now) ? now : 0;
  }

  #expireOrders(now: number): void {
    const { state, desk } = this.#parts;
    for (const { order, expiresAt } of state.expiries.takeDue(now)) {
      // At the boundary itself, however late we are told that it has passed.
      state.now = Math.max(state.now, expiresAt);
      if (order.isOpen && order.terms.timeInForce === "cls") this.#close(order.symbol);
      // Its group, or the closing, may have ended it.
      if (order.isOpen) desk.close(order, "expired", expiryReason(order, state.terms.matching.auctionPrices));
    }
  }

  /** The last print of the regular session closes it, unless the profile waits for official prices (PX93, PX95). */
  #close(name: string): void {
    const { state, desk, moment } = this.#parts;
    const symbol = state.symbol(name);
    const isKnown = this.#phase === "open" && symbol.market.printSeen && symbol.isTrading;
    if (!isKnown || state.terms.matching.auctionPrices === "official") return;
    closeAt(symbol, { kind: "closing", ...lastPrint(symbol) }, moment(), desk);
  }

  #startDay({ dayEndsAt }: SessionState): void {
    const { state, log, moneyDesk } = this.#parts;
    moneyDesk.chargeBorrow(state.day.endsAt, dayEndsAt);
    const equity = state.equity();
    state.startDay(equity, dayEndsAt);
    log.emit({ seq: log.nextSequence, at: log.now, type: "day_started", equity: money(equity), endsAt: dayEndsAt });
  }
}
