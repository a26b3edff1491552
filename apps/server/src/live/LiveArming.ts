import type { AccountId, Clock, Mode, OrderIssue, UserId } from "@trenddojo/brokers/domain";
import type { AccountRow, Db } from "@trenddojo/db";
import type { Logger } from "pino";
import { chains, type AuditLog } from "../audit/AuditLog.ts";
import type { Actor } from "../auth/Actor.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { isoInstant } from "../wire/encode.ts";
import { Deadline } from "./Deadline.ts";

/** However busy, real money is armed for so long at the most. */
export const ARMED_MS = 15 * 60_000;
/** Without an order or a change of one for so long it disarms. */
export const IDLE_MS = 5 * 60_000;

/** What ended it. */
export type DisarmReason = "person" | "time" | "idle" | "session";

const WHY = {
  person: "by hand",
  time: `${ARMED_MS / 60_000} minutes were over`,
  idle: `no order came for ${IDLE_MS / 60_000} minutes`,
  session: "the session that armed it ended",
} as const satisfies Record<DisarmReason, string>;

interface Arming {
  readonly account: LiveAccount;
  readonly sessionId: string;
  readonly end: Deadline;
  idle: Deadline;
  timer: Disposable;
}

type LiveAccount = Pick<AccountRow, "id" | "userId" | "mode" | "venueAccountId">;

/** When an account disarms by itself, epoch milliseconds, and who armed it. */
export interface ArmedState {
  readonly sessionId: string;
  readonly endsAt: number;
  readonly idleAt: number;
}

/** What an order's way asks of it. */
export interface LiveGate {
  /** Whether orders of the account may be written to the wire now: always, but for real money that is not armed. */
  mayTrade(account: { readonly id: AccountId; readonly mode: Mode }): boolean;
}

interface LiveArmingParts {
  readonly clock: Clock;
  readonly db: Db;
  readonly audit: AuditLog;
  readonly bus: TickBus;
  readonly log: Logger;
}

/**
 * Which accounts of real money take orders now. It is kept in memory only, so that a restart disarms; it ends by itself,
 * with the session that armed it, and by hand. Each change is in the audit log.
 */
export class LiveArming implements LiveGate, AsyncDisposable {
  readonly #parts: LiveArmingParts;
  readonly #armed = new Map<AccountId, Arming>();
  readonly #tasks: TaskSet;

  constructor(parts: LiveArmingParts) {
    this.#parts = parts;
    this.#tasks = new TaskSet(parts.log);
  }

  /** Arms an account for the actor's session, anew where it was armed. Who may is the caller's to know. */
  async arm({ user, sessionId }: Actor, account: LiveAccount): Promise<void> {
    const { clock, db, audit } = this.#parts;
    const end = new Deadline(clock, ARMED_MS);
    await db.transaction((tx) =>
      audit.append(tx, {
        chain: chains.account(account.id),
        userId: user.id,
        action: "live.armed",
        subject: account.id,
        mode: account.mode,
        message: `${user.username} armed live trading of ${account.venueAccountId} until ${isoInstant(end.at)} at the latest`,
        details: { until: isoInstant(end.at), idleMinutes: IDLE_MS / 60_000 },
      }),
    );
    this.#armed.get(account.id)?.timer[Symbol.dispose]();
    const arming = { account, sessionId, end, idle: new Deadline(clock, IDLE_MS), timer: NO_TIMER };
    this.#armed.set(account.id, arming);
    this.#keepTime(arming);
    this.#announce(account);
  }

  /** At once; the audit row follows. Nothing happens where it is not armed. */
  disarm(accountId: AccountId, reason: DisarmReason, by: UserId | null = null): void {
    const arming = this.#armed.get(accountId);
    if (arming === undefined) return;
    const { account, timer } = arming;
    this.#armed.delete(accountId);
    timer[Symbol.dispose]();
    this.#announce(account);
    const { db, audit } = this.#parts;
    const told = db.transaction((tx) =>
      audit.append(tx, {
        chain: chains.account(account.id),
        userId: by,
        action: "live.disarmed",
        subject: account.id,
        mode: account.mode,
        message: `Live trading of ${account.venueAccountId} was disarmed: ${WHY[reason]}`,
        details: { reason },
      }),
    );
    this.#tasks.add("tell that live trading was disarmed", told);
  }

  /** The sessions that hold an account armed. */
  sessionIds(): readonly string[] {
    return [...this.#armed.values()].map(({ sessionId }) => sessionId);
  }

  /** Whatever this session armed. */
  disarmSession(sessionId: string): void {
    for (const arming of this.#armed.values()) {
      if (arming.sessionId === sessionId) this.disarm(arming.account.id, "session");
    }
  }

  mayTrade({ id, mode }: { readonly id: AccountId; readonly mode: Mode }): boolean {
    return mode !== "live" || this.state(id) !== null;
  }

  /** Why this session may place no order in the account; empty where it may. */
  issuesOf({ sessionId }: Actor, { id, mode }: Pick<AccountRow, "id" | "mode">): readonly OrderIssue[] {
    if (mode !== "live") return [];
    const state = this.state(id);
    if (state?.sessionId === sessionId) return [];
    const detail = state === null ? "arm it first" : "it was armed in another browser; arm it here";
    return [
      { code: "NOT_SUPPORTED", rule: LIVE_NOT_ARMED, message: `Live trading is not armed: ${detail}`, params: {} },
    ];
  }

  /** An order was asked for: the time without one begins anew. */
  touch({ id }: Pick<AccountRow, "id">): void {
    const arming = this.#armed.get(id);
    if (arming === undefined || this.state(id) === null) return;
    arming.idle = new Deadline(this.#parts.clock, IDLE_MS);
    this.#keepTime(arming);
    this.#announce(arming.account);
  }

  /** Null where the account is not armed. */
  state(accountId: AccountId): ArmedState | null {
    const arming = this.#armed.get(accountId);
    if (arming === undefined) return null;
    const over = overBy(arming);
    if (over !== null) {
      this.disarm(accountId, over);
      return null;
    }
    return { sessionId: arming.sessionId, endsAt: arming.end.at, idleAt: Math.min(arming.idle.at, arming.end.at) };
  }

  /** Waits for the audit rows under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { timer } of this.#armed.values()) timer[Symbol.dispose]();
    this.#armed.clear();
    await this.#tasks.idle();
  }

  #keepTime(arming: Arming): void {
    arming.timer[Symbol.dispose]();
    const leftMs = Math.max(1, Math.min(arming.end.leftMs, arming.idle.leftMs));
    arming.timer = this.#parts.clock.setTimer(leftMs, () => {
      if (this.state(arming.account.id) !== null) this.#keepTime(arming);
    });
  }

  #announce({ userId }: LiveAccount): void {
    this.#parts.bus.publish(subjects.liveArming(userId));
  }
}

/** The rule that speaks where an account of real money is not armed. */
export const LIVE_NOT_ARMED = "live_not_armed";

const NO_TIMER: Disposable = { [Symbol.dispose]: () => undefined };

function overBy({ end, idle }: Arming): DisarmReason | null {
  if (end.isOver) return "time";
  return idle.isOver ? "idle" : null;
}
