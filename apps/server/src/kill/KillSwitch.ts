import type { ConnectionId, UserId } from "@trenddojo/brokers/domain";
import { accounts, connections, halts, type DbHandle, type HaltRow } from "@trenddojo/db";
import type { Logger } from "pino";
import { announceAlerts } from "../alerts/announceAlerts.ts";
import type { OpenAccounts } from "../connections/OpenAccounts.ts";
import type { OrderHost } from "../connections/OrderHost.ts";
import { Latch } from "../lib/Latch.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { addStep, beginHalt, type AlsoCommitted, type HaltBooks, type HaltOf } from "./beginHalt.ts";
import type { HaltRequest } from "./HaltRequest.ts";
import { isLasting } from "./isLasting.ts";
import { KILL_TIMING, type KillTiming } from "./KillTiming.ts";
import type { LastHalts } from "./LastHalts.ts";
import { lookAt } from "./lookAt.ts";
import { recordLook, type HaltedConnection } from "./recordLook.ts";
import { withdrawUnsent } from "./withdrawUnsent.ts";

export interface KillSwitchParts extends HaltBooks {
  /** Tells at once of what another process does; what it does not tell is found by looking. */
  readonly onTradingStateSet?: DbHandle["onTradingStateSet"] | undefined;
  readonly log: Logger;
  readonly journal: OrderJournal;
  readonly bus: TickBus;
  readonly connections: { find(id: ConnectionId): OrderHost | undefined };
  readonly openAccounts: Pick<OpenAccounts, "tradingStateChanged">;
  readonly lastHalts: LastHalts;
  /** @default KILL_TIMING */
  readonly timing?: KillTiming;
}

/** A halt that lasts, while it is being carried out. */
interface Pursuit {
  readonly userId: UserId;
  readonly end: AbortController;
  /** Connections that are being asked. */
  readonly asking: Set<ConnectionId>;
  /** Those that have confirmed since the switch was used last. */
  readonly confirmed: Set<ConnectionId>;
  /** How often the switch was used: a look that began before the last time proves nothing. */
  uses: number;
  /** Set to ask at once. */
  readonly wakes: Set<Latch>;
}

/**
 * Stops a user's trading: the switch first, in one commit, and then everything at every broker, each by itself, so that one
 * that hangs holds up no other. A broker is asked again until it has confirmed or the halt has ended, also after a
 * restart of the desk and at connections that come up later.
 */
export class KillSwitch implements AsyncDisposable {
  readonly #parts: KillSwitchParts;
  readonly #timing: KillTiming;
  readonly #pursuits = new Map<string, Pursuit>();
  readonly #tasks: TaskSet;
  readonly #stop = new AbortController();

  constructor(parts: KillSwitchParts) {
    this.#parts = parts;
    this.#timing = parts.timing ?? KILL_TIMING;
    this.#tasks = new TaskSet(parts.log);
  }

  /** Takes up the halts that last, and from then on those that begin and end in the store beside this process. */
  async start(isWanted: (halt: HaltRow) => boolean = () => true): Promise<void> {
    const { db } = this.#parts;
    for (const halt of (await halts.listCurrent(db)).filter(isWanted)) await this.#takeUp(halt);
    this.#tasks.add("notice halts", this.#keepNoticing(isWanted));
  }

  /**
   * Resolves when no order can go any more; what becomes of the open ones is in the halt's steps. Once the switch is
   * stored it never throws: trading is halted.
   * @param also what is committed with the switch or not at all
   */
  async halt(request: HaltRequest, also?: AlsoCommitted): Promise<HaltRow> {
    const halt = await this.#store(request, also);
    this.#pursue(halt);
    try {
      await this.#withdrawUnsent(request.userId);
    } catch (err) {
      this.#parts.log.error({ err, haltId: halt.id }, "what was not sent could not be looked up: it is tried again");
    }
    try {
      await this.changed(request.userId);
    } catch (err) {
      this.#parts.log.error({ err, haltId: halt.id }, "trading is halted, and who watches could not be told all of it");
    }
    return halt;
  }

  /** After another trading state was committed: a halt that has ended is not pursued any more. */
  async changed(userId: UserId): Promise<void> {
    try {
      await this.#endOthers(userId);
      await this.#parts.openAccounts.tradingStateChanged(userId);
    } finally {
      this.#parts.bus.publish(subjects.tradingState(userId));
      announceAlerts(this.#parts.bus, userId);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const { end } of this.#pursuits.values()) end.abort();
    await this.#tasks.idle();
  }

  /** Whatever becomes of it: what waits for its turn meanwhile is not worth a doubt. */
  async #store(request: HaltRequest, also: AlsoCommitted | undefined): Promise<HaltRow> {
    using _beginning = this.#parts.lastHalts.begin(request.userId);
    return await beginHalt(this.#parts, request, also === undefined ? {} : { also });
  }

  async #takeUp(halt: HaltRow): Promise<void> {
    const confirmed = (await halts.listSteps(this.#parts.db, halt.id)).filter(({ state }) => state === "confirmed");
    this.#pursue(
      halt,
      confirmed.map(({ connectionId }) => connectionId),
    );
  }

  async #keepNoticing(isWanted: (halt: HaltRow) => boolean): Promise<void> {
    const { clock, log, onTradingStateSet } = this.#parts;
    const look = new Latch();
    using _hearing = onTradingStateSet?.(() => look.set());
    for (;;) {
      using _timer = clock.setTimer(this.#timing.noticeMs, () => look.set());
      if (!(await look.wait(this.#stop.signal))) return;
      try {
        await this.#notice(isWanted);
      } catch (err) {
        log.error({ err }, "halts that began beside this desk could not be looked up");
      }
    }
  }

  /** The command line flips the switch in the store, beside this desk. */
  async #notice(isWanted: (halt: HaltRow) => boolean): Promise<void> {
    const before = [...this.#pursuits].filter(([, { end }]) => !end.signal.aborted).map(([key]) => key);
    const current = (await halts.listCurrent(this.#parts.db)).filter(isWanted);
    const begun = current.filter((halt) => !this.#pursuits.has(keyOf(halt)));
    for (const { userId } of begun) this.#parts.lastHalts.found(userId);
    for (const halt of begun) await this.#takeUp(halt);
    for (const { userId } of begun) await this.#withdrawUnsent(userId);
    const lasting = new Set(current.map(keyOf));
    const over = before.filter((key) => !lasting.has(key)).map((key) => this.#pursuits.get(key)?.userId ?? null);
    const changed = new Set([...begun.map(({ userId }) => userId), ...over.filter((userId) => userId !== null)]);
    for (const userId of changed) await this.changed(userId);
  }

  async #endOthers(userId: UserId): Promise<void> {
    // Those of now: one that begins while the store is asked is not among what it answers.
    const known = [...this.#pursuits].filter(([, pursuit]) => pursuit.userId === userId);
    try {
      const current = await halts.findCurrent(this.#parts.db, userId);
      for (const [key, { end }] of known) if (current === null || key !== keyOf(current)) end.abort();
    } catch (err) {
      // Each asks by itself whether it lasts before it touches anything.
      this.#parts.log.error({ err, userId }, "the halt that lasts could not be looked up");
    }
  }

  /** What the clients of a user hold back; what is held at a connection that is not ready is for its look to take back. */
  async #withdrawUnsent(userId: UserId): Promise<void> {
    const { db } = this.#parts;
    for (const { id } of await connections.listByUser(db, userId)) {
      const host = this.#parts.connections.find(id);
      const client = host?.readyClient() ?? null;
      if (host !== undefined && client !== null) await withdrawUnsent(db, host.account.id, client);
    }
  }

  #pursue(halt: HaltOf, confirmed: readonly ConnectionId[] = []): void {
    // One that is found while the desk closes is the next desk's: nobody would end it here.
    if (this.#stop.signal.aborted) return;
    const key = keyOf(halt);
    const known = this.#pursuits.get(key);
    if (known !== undefined) {
      // Used again: whatever was confirmed is looked at anew.
      known.uses += 1;
      known.confirmed.clear();
      for (const wake of known.wakes) wake.set();
      return;
    }
    const pursuit: Pursuit = {
      userId: halt.userId,
      end: new AbortController(),
      asking: new Set(),
      confirmed: new Set(confirmed),
      uses: 1,
      wakes: new Set(),
    };
    this.#pursuits.set(key, pursuit);
    const ended = this.#askEach(halt, pursuit).finally(() => this.#pursuits.delete(key));
    this.#tasks.add(`carry out halt ${halt.id}`, ended);
  }

  /** Every connection of the user, and those that are added while it lasts. */
  async #askEach(halt: HaltOf, pursuit: Pursuit): Promise<void> {
    const { db, log } = this.#parts;
    const { asking, confirmed } = pursuit;
    await this.#repeat(pursuit, async () => {
      try {
        if (!(await isLasting(db, halt))) {
          pursuit.end.abort();
          return null;
        }
        const steps = new Set((await halts.listSteps(db, halt.id)).map(({ connectionId }) => connectionId));
        for (const connection of await connections.listByUser(db, halt.userId)) {
          if (asking.has(connection.id) || confirmed.has(connection.id)) continue;
          const [account] = await accounts.listByConnection(db, connection.id);
          if (account === undefined) continue;
          if (!steps.has(connection.id)) await this.#join(halt, connection);
          asking.add(connection.id);
          const asked = this.#askUntilConfirmed({ halt, connection, account }, pursuit);
          this.#tasks.add(
            `cancel everything at ${connection.id}`,
            asked.finally(() => asking.delete(connection.id)),
          );
        }
      } catch (err) {
        log.error({ err, haltId: halt.id }, "a halt's connections could not be looked up");
      }
      return this.#timing.lookMs;
    });
  }

  async #join(halt: HaltOf, connection: HaltedConnection["connection"]): Promise<void> {
    await this.#parts.db.transaction((tx) => addStep(tx, this.#parts, halt, connection));
    this.#parts.bus.publish(subjects.tradingState(halt.userId));
  }

  async #askUntilConfirmed(halted: HaltedConnection, pursuit: Pursuit): Promise<void> {
    const { connection, account, halt } = halted;
    const { attemptMs, retryMs, retryAtMostMs } = this.#timing;
    let waitMs = retryMs;
    await this.#repeat(pursuit, async () => {
      const host = this.#parts.connections.find(connection.id);
      const { uses } = pursuit;
      const look = await lookAt({ ...this.#parts, attemptMs, host, account, halt }, pursuit.end.signal);
      if (pursuit.end.signal.aborted) return null;
      if (look.state === "confirmed" && uses !== pursuit.uses) return 0;
      let goesOn = true;
      try {
        goesOn = await recordLook(this.#parts, halted, look);
        this.#parts.bus.publish(subjects.tradingState(halt.userId));
        announceAlerts(this.#parts.bus, halt.userId);
        if (look.state === "confirmed") {
          pursuit.confirmed.add(connection.id);
          return null;
        }
      } catch (err) {
        this.#parts.log.error({ err, connectionId: connection.id }, "a halt's step could not be stored");
      }
      const wait = waitMs;
      waitMs = Math.min(2 * waitMs, retryAtMostMs);
      return goesOn ? wait : null;
    });
  }

  /** Runs `act` at once, again after the time that it answers or when the switch is used again, until it answers null or the halt has ended. */
  async #repeat({ end: { signal }, wakes }: Pursuit, act: () => Promise<number | null>): Promise<void> {
    const wake = new Latch(true);
    wakes.add(wake);
    let timer: Disposable | null = null;
    try {
      while (await wake.wait(signal)) {
        timer?.[Symbol.dispose]();
        const waitMs = await act();
        if (waitMs === null) return;
        timer = this.#parts.clock.setTimer(waitMs, () => wake.set());
      }
    } finally {
      timer?.[Symbol.dispose]();
      wakes.delete(wake);
    }
  }
}

const keyOf = ({ id, userId }: HaltOf): string => `${userId}/${id}`;
