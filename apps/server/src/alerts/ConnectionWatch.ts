import type { Clock, ConnectionStatus } from "@trenddojo/brokers/domain";
import { alerts, type AlertKind, type ConnectionRow, type Db, type Tx } from "@trenddojo/db";
import type { Logger } from "pino";
import { NO_KEYS, type KeyFacts } from "../connections/KeyFacts.ts";
import type { TickBus } from "../streams/TickBus.ts";
import { announceAlerts } from "./announceAlerts.ts";
import { faultsOf, type ConnectionFault } from "./faultsOf.ts";
import { raiseAlert, recoverAlert } from "./raiseAlert.ts";

type Kind = ConnectionFault["kind"];
const KINDS = ["connection_down", "feed_mute", "budget_spent", "keys_old"] as const satisfies readonly Kind[];

export interface ConnectionWatchParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: TickBus;
  readonly log: Logger;
}

/** Raises and recovers the alerts of one connection that is meant to be open, from what its status says at each look. */
export class ConnectionWatch {
  readonly #parts: ConnectionWatchParts;
  readonly #connection: ConnectionRow;
  /** Since when each fault lasts, monotonic milliseconds. */
  readonly #since = new Map<Kind, number>();
  /** What was said last by those that were raised and not recovered; null where an earlier process may have left some. */
  #raised: Map<AlertKind, string | null> | null = null;

  constructor(parts: ConnectionWatchParts, connection: ConnectionRow) {
    this.#parts = parts;
    this.#connection = connection;
  }

  /** One look. What could not be written is written with the next. */
  async look(status: ConnectionStatus, isReconciled: boolean, keys: KeyFacts = NO_KEYS): Promise<void> {
    const { db, clock, log } = this.#parts;
    try {
      this.#raised ??= new Map((await alerts.lastingKinds(db, this.#connection.id)).map((kind) => [kind, null]));
      const found = faultsOf(status, this.#connection, isReconciled, { keys, now: clock.now() });
      const faults = new Map(found.map((fault) => [fault.kind, fault]));
      for (const kind of KINDS) {
        const fault = faults.get(kind);
        if (fault === undefined) await this.#end(kind);
        else if (this.#lasts(fault, clock.monotonic())) await this.#raise(fault);
      }
    } catch (err) {
      log.error({ err, connectionId: this.#connection.id }, "a connection's alerts could not be written");
    }
  }

  /** A person closed the connection: nothing of it is a failure any more. */
  async over(): Promise<void> {
    for (const kind of KINDS) await this.#write((tx) => recoverAlert(this.#parts.clock, tx, this.#key(kind)));
    this.#raised = new Map();
    this.#since.clear();
  }

  #lasts({ kind, graceMs }: ConnectionFault, now: number): boolean {
    const since = this.#since.get(kind) ?? now;
    this.#since.set(kind, since);
    return now - since >= graceMs;
  }

  async #raise({ kind, message }: ConnectionFault): Promise<void> {
    if (this.#raised?.get(kind) === message) return;
    const key = this.#key(kind);
    const alert = { ...key, connectionId: this.#connection.id, message };
    // One that lasts tells its newest cause: a login that is waited for by now, and not the line that was lost first.
    await this.#write(async (tx) => {
      const isNew = await raiseAlert(this.#parts.clock, tx, alert);
      return isNew || (await alerts.reword(tx, key, message)) !== null;
    });
    this.#raised?.set(kind, message);
  }

  async #end(kind: Kind): Promise<void> {
    this.#since.delete(kind);
    if (this.#raised?.has(kind) !== true) return;
    await this.#write((tx) => recoverAlert(this.#parts.clock, tx, this.#key(kind)));
    this.#raised.delete(kind);
  }

  async #write(change: (tx: Tx) => Promise<boolean>): Promise<void> {
    const { db, bus } = this.#parts;
    if (await db.transaction(change)) announceAlerts(bus, this.#connection.userId);
  }

  #key(kind: Kind) {
    return { userId: this.#connection.userId, kind, subject: this.#connection.id };
  }
}
