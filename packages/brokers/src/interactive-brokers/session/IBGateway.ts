import { backoffMs } from "../../backoff.ts";
import type { Unsubscribe } from "../../BrokerClient.ts";
import type { BrokerError } from "../../BrokerError.ts";
import { CallbackSet } from "../../CallbackSet.ts";
import type { BrokerDeps } from "../../deps.ts";
import type { Clock } from "../../domain/Clock.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import type { RequestScheduler } from "../../rate-limit/RequestScheduler.ts";
import { unsent, withdrawn } from "../../rate-limit/unsent.ts";
import { INTERACTIVE_BROKERS } from "../ibName.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { GatewayAddress } from "../IBTypes.ts";
import { askGateway, type LaneDebt } from "./askGateway.ts";
import { chooseAccount } from "./chooseAccount.ts";
import { FarmBoard } from "./FarmBoard.ts";
import { FIRST_REQUEST_ID, type Gateway, type GatewayRequest, type Question } from "./Gateway.ts";
import type { GatewayEventName, GatewayEvents, GatewayNotice } from "./GatewayEvents.ts";
import { explain, gatewayFault, isLasting, lost, serversUnreachable, silent } from "./gatewayFaults.ts";
import type { GatewayFault, GatewayState } from "./GatewayState.ts";
import { ANSWER_MS, Heartbeat, QUIET_MS } from "./Heartbeat.ts";
import { VendorSession, type Handshake } from "./VendorSession.ts";

/** Shorter than the desk waits, so that it is told that nothing was sent before it has to call the outcome unknown. */
const LONGEST_WAIT_MS: Readonly<Record<Urgency, number>> = {
  cancel: 8_000,
  reduce: 5_000,
  lookup: 8_000,
  order: 5_000,
  read: 4_000,
  history: 30_000,
};
/** Interactive Brokers' clock is told in whole seconds; a difference below this is none. */
const CLOCK_GRAIN_MS = 1_500;

const NO_HANDSHAKE: Handshake = { version: 0, accounts: [], nextValidId: 0 };

/** Why what was known of the account is to be looked at again. */
export type SessionCause = "new_session" | "data_lost" | "data_kept";

export interface IBGatewayOptions {
  readonly address: GatewayAddress;
  readonly mode: "paper" | "live";
  /** @default the only account of the login */
  readonly account?: string;
  /** Outlives the session, so that one that is opened again goes on with what is left. */
  readonly scheduler: RequestScheduler;
  readonly deps: BrokerDeps;
  /** Requests may be written; what was missed is to be asked for, and after `data_kept` all but subscriptions. */
  readonly onReady: (cause: SessionCause) => void;
  /** What is told from here to the next `onReady` is lost. */
  readonly onLost: (fault: GatewayFault) => void;
}

/**
 * The session with TWS or the IB Gateway: it comes back by itself, with jittered waits up to a minute, but where a person
 * has to act first. Nothing is resent: each TCP session has a vendor's object of its own.
 */
export class IBGateway implements Gateway {
  readonly farms = new FarmBoard();
  readonly #options: IBGatewayOptions;
  readonly #closing = new AbortController();
  /** What every session is to be heard for, in the order of asking. */
  readonly #bindings = new Set<Binding>();
  readonly #lost: CallbackSet<GatewayFault>;
  readonly #lanes = new Map<string, Promise<unknown>>();
  readonly #debts = new Map<string, LaneDebt>();
  #state: GatewayState = { kind: "connecting", fault: null };
  #vendor: VendorSession | null = null;
  #loop: Promise<void> | null = null;
  #waking = new AbortController();
  #waiting: ((fault: GatewayFault | null) => void)[] = [];
  #session = 0;
  #handshake: Handshake = NO_HANDSHAKE;
  #accountId = "";
  #requestId = FIRST_REQUEST_ID;
  #skewMs = 0;
  /** The notice that the line to Interactive Brokers was lost; null while it is there. */
  #degradedBy: number | null = null;
  #lastHeardAt: number | null = null;
  /** When the last session was lost, on the monotonic clock. */
  #lostAt: number | null = null;

  constructor(options: IBGatewayOptions) {
    this.#options = options;
    this.#lost = new CallbackSet((err) =>
      options.deps.logger.error({ err }, "the end of a session could not be taken in"),
    );
    this.on("nextValidId", (id) => {
      if (Number.isSafeInteger(id) && id > this.#handshake.nextValidId)
        this.#handshake = { ...this.#handshake, nextValidId: id };
    });
    this.on("currentTime", (seconds) => this.#hearTime(seconds));
    this.on("notice", (notice) => this.#notice(notice));
  }

  get clock(): Clock {
    return this.#options.deps.clock;
  }
  get clientId(): number {
    return this.#options.address.clientId;
  }
  get state(): GatewayState {
    return this.#state;
  }
  get session(): number {
    return this.#session;
  }
  get accountId(): string {
    return this.#accountId;
  }
  get accounts(): readonly string[] {
    return this.#handshake.accounts;
  }
  get serverVersion(): number {
    return this.#handshake.version;
  }
  get nextValidId(): number {
    return this.#handshake.nextValidId;
  }
  /** Interactive Brokers' clock less ours, milliseconds; 0 where they agree to a second. */
  get skewMs(): number {
    return this.#skewMs;
  }
  /** When anything was heard last, epoch milliseconds of our clock. */
  get lastHeardAt(): number | null {
    const heardAt = this.#vendor?.heardAt ?? Number.NEGATIVE_INFINITY;
    return Number.isFinite(heardAt)
      ? Math.round(this.clock.now() - (this.clock.monotonic() - heardAt))
      : this.#lastHeardAt;
  }

  brokerNow(): number {
    return this.clock.now() + this.#skewMs;
  }

  nextRequestId(): number {
    this.#requestId += 1;
    return this.#requestId - 1;
  }

  /** Begins; does nothing while there is a session. @throws BrokerError the fault of the first attempt that fails. */
  async start(): Promise<void> {
    if (this.#closing.signal.aborted) throw toError(closed());
    if (isUp(this.#state)) return;
    if (this.#loop === null) {
      this.#loop = this.#run().finally(() => {
        this.#loop = null;
      });
    } else {
      this.#waking.abort();
    }
    const fault = await new Promise<GatewayFault | null>((resolve) => this.#waiting.push(resolve));
    if (fault !== null) throw toError(fault);
  }

  /** Gives the TCP session up for a new one. */
  restart(fault: GatewayFault): void {
    this.#vendor?.end(fault);
  }

  /** Idempotent; resolves when no socket and no timer is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#vendor?.end(closed());
    await this.#loop;
    this.#refuseWaiting();
    this.#state = { kind: "closed", fault: null };
  }

  send({ urgency, write, name, refusal, session, options = {} }: GatewayRequest): Promise<void> {
    const { scheduler, deps } = this.#options;
    const { signal, sendBy } = options;
    const waitMs = LONGEST_WAIT_MS[urgency];
    return scheduler.run({
      broker: INTERACTIVE_BROKERS,
      urgency,
      maxWaitMs: sendBy === undefined ? waitMs : Math.min(waitMs, sendBy - deps.clock.now()),
      owner: this,
      ...(signal === undefined ? {} : { signal }),
      ...(name === undefined ? {} : { name }),
      refusal: () => this.#barred(urgency, session) ?? options.refusal?.() ?? refusal?.() ?? null,
      send: async () => this.#write(write),
    });
  }

  async ask<Result>(question: Question<Result>): Promise<Result> {
    const { clock } = this;
    const askable = {
      clock,
      send: (request: GatewayRequest) => this.send(request),
      nextRequestId: () => this.nextRequestId(),
      on: <Name extends GatewayEventName>(name: Name, listener: (...told: GatewayEvents[Name]) => void) =>
        this.on(name, listener),
      onLost: (listener: (fault: GatewayFault) => void) => this.#lost.add(listener),
    };
    const { lane } = question;
    if (lane === undefined) return askGateway(askable, question);
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const mine = before.then(() => askGateway(askable, question, this.#debtOf(lane)));
    this.#lanes.set(
      lane,
      mine.catch(() => undefined),
    );
    return mine;
  }

  on<Name extends GatewayEventName>(name: Name, listener: (...told: GatewayEvents[Name]) => void): Unsubscribe {
    const bind = (vendor: VendorSession): Unsubscribe => vendor.on(name, listener);
    const binding: Binding = { bind, unbind: this.#vendor === null ? null : bind(this.#vendor) };
    this.#bindings.add(binding);
    return () => {
      binding.unbind?.();
      this.#bindings.delete(binding);
    };
  }

  /** Of this session: with one its answers end. */
  #debtOf(lane: string): LaneDebt {
    const debt = this.#debts.get(lane) ?? { owed: 0 };
    this.#debts.set(lane, debt);
    return debt;
  }

  withdraw(name: string): boolean {
    return this.#options.scheduler.withdraw(this, name, withdrawn(INTERACTIVE_BROKERS));
  }

  async #run(): Promise<void> {
    const { clock, random, logger } = this.#options.deps;
    const { signal } = this.#closing;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const before = this.#state.kind === "waiting" ? this.#state.fault : null;
      this.#state = { kind: "connecting", fault: before };
      const { fault, wasReady } = await this.#hold();
      if (wasReady) attempt = 0;
      if (signal.aborted) break;
      if (isLasting(fault)) {
        this.#state = { kind: "closed", fault };
        this.#wake(fault);
        logger.warn({ trouble: fault.trouble }, fault.message);
        return;
      }
      const waitMs = backoffMs(attempt, random);
      this.#state = { kind: "waiting", fault, retryAt: clock.monotonic() + waitMs };
      this.#waking = new AbortController();
      this.#wake(fault);
      logger.warn({ trouble: fault.trouble, waitMs }, fault.message);
      await clock.sleep(waitMs, { signal: AbortSignal.any([signal, this.#waking.signal]) }).catch(() => undefined);
    }
    this.#wake(closed());
  }

  /** One TCP session, from the attempt to its end. */
  async #hold(): Promise<{ readonly fault: GatewayFault; readonly wasReady: boolean }> {
    const { address, deps } = this.#options;
    const vendor = await VendorSession.prepare(address, deps);
    this.#vendor = vendor;
    this.#degradedBy = null;
    this.#handshake = NO_HANDSHAKE;
    if (this.#closing.signal.aborted) vendor.end(closed());
    // Before it dials: what follows the handshake in the same packet is heard too.
    for (const binding of this.#bindings) binding.unbind = binding.bind(vendor);
    const handshake = await vendor.dial();
    const wasReady = handshake !== null && this.#begin(vendor, handshake);
    using _heartbeat = new Heartbeat({
      clock: deps.clock,
      heardAt: () => vendor.heardAt,
      ask: () => this.#askTime(),
      onSilent: () => vendor.end(silent((QUIET_MS + ANSWER_MS) / 1_000)),
    });
    const fault = await vendor.ended;
    this.#lastHeardAt = this.lastHeardAt;
    this.#vendor = null;
    for (const binding of this.#bindings) binding.unbind = null;
    const lostMs = this.#lostAt === null ? null : this.clock.monotonic() - this.#lostAt;
    const told = explain(fault, { now: this.clock.now(), lostMs });
    if (!wasReady) return { fault: told, wasReady };
    this.#lostAt = this.clock.monotonic();
    this.farms.clear();
    this.#debts.clear();
    this.#refuseWaiting();
    this.#state = { kind: "waiting", fault: told, retryAt: this.#lostAt };
    this.#lost.notify(told);
    this.#options.onLost(told);
    return { fault: told, wasReady };
  }

  /** @returns whether the session may be used. */
  #begin(vendor: VendorSession, handshake: Handshake): boolean {
    const { mode, account } = this.#options;
    const chosen = chooseAccount(mode, handshake.accounts, this.#accountId || account);
    if ("fault" in chosen) {
      vendor.end(chosen.fault);
      return false;
    }
    // What came with the handshake may have named a greater one.
    this.#handshake = { ...handshake, nextValidId: Math.max(handshake.nextValidId, this.#handshake.nextValidId) };
    this.#accountId = chosen.accountId;
    this.#session += 1;
    this.#state = this.#degradedBy === null ? { kind: "ready" } : this.#degraded();
    this.#askTime();
    this.#options.onReady("new_session");
    this.#wake(null);
    return true;
  }

  #notice(notice: GatewayNotice): void {
    const isSound = this.farms.take(notice);
    const { code, message } = notice;
    this.#options.deps.logger.info({ ibCode: code }, `Interactive Brokers: ${message.slice(0, 200)}`);
    if (code === SERVERS_LOST || code === SERVERS_BROKEN) this.#degrade(code);
    else if (code === RESTORED_DATA_LOST) this.#restore("data_lost");
    else if (code === RESTORED_DATA_KEPT) this.#restore("data_kept");
    // 2110 heals without a word of its own; a farm that is heard again is its end.
    else if (isSound && this.#degradedBy === SERVERS_BROKEN) this.#restore("data_lost");
  }

  #degrade(code: number): void {
    // A gateway may say it to whoever connects, before it names an order id.
    this.#degradedBy = code;
    if (isUp(this.#state)) this.#state = this.#degraded();
  }

  #degraded(): GatewayState {
    return {
      kind: "degraded",
      fault: explain(serversUnreachable(), { now: this.clock.now(), lostMs: null }),
    };
  }

  #restore(cause: SessionCause): void {
    this.#degradedBy = null;
    if (!isUp(this.#state)) return;
    this.#state = { kind: "ready" };
    this.#options.onReady(cause);
  }

  #askTime(): void {
    // It is asked again with the next heartbeat.
    this.send({ urgency: "lookup", write: (calls) => calls.reqCurrentTime() }).catch(() => undefined);
  }

  #hearTime(seconds: number): void {
    const skewMs = seconds * 1_000 + 500 - this.clock.now();
    if (Number.isFinite(skewMs)) this.#skewMs = Math.abs(skewMs) <= CLOCK_GRAIN_MS ? 0 : Math.round(skewMs);
  }

  #write(act: GatewayRequest["write"]): void {
    if (this.#vendor === null) throw toError(lost());
    this.#vendor.write(act);
  }

  #barred(urgency: Urgency, session: number | undefined): BrokerError | null {
    const state = this.#state;
    if (!isUp(state)) return unsent(INTERACTIVE_BROKERS, "closed", reasonOf(state));
    if (session !== undefined && session !== this.#session) {
      return unsent(INTERACTIVE_BROKERS, "closed", "the session that it was meant for is over");
    }
    if (state.kind === "degraded" && (urgency === "order" || urgency === "reduce")) {
      return unsent(INTERACTIVE_BROKERS, "closed", state.fault.message);
    }
    return null;
  }

  #refuseWaiting(): void {
    const refusal = unsent(INTERACTIVE_BROKERS, "closed", "the session with the gateway is over");
    this.#options.scheduler.refuseAll(this, refusal);
  }

  #wake(fault: GatewayFault | null): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(fault);
  }
}

/** "Connectivity between IB and Trader Workstation has been lost", and its own word for the line of the gateway. */
const SERVERS_LOST = 1100;
const SERVERS_BROKEN = 2110;
/** "… has been restored - data lost", and "… - data maintained". */
const RESTORED_DATA_LOST = 1101;
const RESTORED_DATA_KEPT = 1102;

interface Binding {
  readonly bind: (vendor: VendorSession) => Unsubscribe;
  unbind: Unsubscribe | null;
}

const isUp = (state: GatewayState): boolean => state.kind === "ready" || state.kind === "degraded";

const closed = (): GatewayFault => gatewayFault("lost", "the connection was closed");

function reasonOf(state: GatewayState): string {
  return "fault" in state && state.fault !== null ? state.fault.message : "there is no session with the gateway";
}

/** A fault as the refusal of whatever needed the session. */
export function toError({ code, message, trouble }: GatewayFault): BrokerError {
  return ibRefusal(code, message, { trouble });
}
