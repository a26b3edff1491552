import {
  VaultError,
  type BrokerCredentials,
  type BrokerCredentialStore,
  type BrokerManager,
  type BrokerRegistry,
  type ConnectionRequest,
} from "@trenddojo/brokers";
import type { AccountId, Clock, ConnectionId, ConnectionStatus, UserId } from "@trenddojo/brokers/domain";
import { accounts, connections, credentials, orders, paperAccounts, type ConnectionRow, type Db } from "@trenddojo/db";
import type { Logger } from "pino";
import { ConnectionWatch } from "../alerts/ConnectionWatch.ts";
import type { AuditLog } from "../audit/AuditLog.ts";
import { DeskError } from "../DeskError.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import type { LastHalts } from "../kill/LastHalts.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import type { LiveGate } from "../live/LiveArming.ts";
import type { ConnectionLease } from "../orders/ConnectionLease.ts";
import { expireIntent } from "../orders/expireIntent.ts";
import type { FailPoint } from "../orders/FailPoint.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import { IN_PROCESS_POLICY, REMOTE_POLICY, TODAY_POLICY, type NotFoundPolicy } from "../orders/UnknownOrders.ts";
import type { TickBus } from "../streams/TickBus.ts";
import { ConnectionHost } from "./ConnectionHost.ts";
import type { ConnectionWithAccount } from "./ConnectionWithAccount.ts";
import { NO_KEYS, secretsSetAt, type KeyFacts, type ShownCredentials } from "./KeyFacts.ts";
import type { OpenAccounts } from "./OpenAccounts.ts";
import { PAPER_BROKER } from "./paperBroker.ts";

/** A failure is looked for this often; it counts when it lasts. */
const WATCH_EVERY_MS = 1_000;
/** Wake-ups are hints; this is the back-stop that finds an intent whose hint was lost. */
const POLL_MS = 500;

export interface HostsParts {
  readonly registry: Pick<BrokerRegistry, "description">;
  readonly manager: BrokerManager;
  readonly leases: ConnectionLease;
  readonly vault: BrokerCredentialStore;
  readonly openAccounts: OpenAccounts;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly log: Logger;
  readonly audit: AuditLog;
  readonly journal: OrderJournal;
  readonly bus: TickBus;
  readonly live: LiveGate;
  readonly lastHalts: LastHalts;
  /** @default none */
  readonly failPoint?: FailPoint | undefined;
}

/** The connections that are meant to be open, each with its owner. */
export class ConnectionHosts implements AsyncDisposable {
  readonly #parts: HostsParts;
  readonly #hosts = new Map<ConnectionId, ConnectionHost>();
  readonly #closedAt = new Map<ConnectionId, number>();
  readonly #lanes = new Map<ConnectionId, SerialQueue>();
  /** Of each connection that is meant to be open. */
  readonly #watches = new Map<ConnectionId, { readonly connection: ConnectionRow; readonly watch: ConnectionWatch }>();
  readonly #keys = new Map<ConnectionId, KeyFacts>();
  readonly #tasks: TaskSet;
  readonly #stop = new AbortController();
  readonly #startedAt: number;
  #isStarting = true;

  constructor(parts: HostsParts) {
    this.#parts = parts;
    this.#tasks = new TaskSet(parts.log);
    this.#startedAt = parts.clock.now();
  }

  /**
   * Takes up where the last process stopped: orders caught in the act become UNKNOWN, intents past their time expire,
   * and every connection that is meant to be open is opened. Resolves when the built-in ones are, or were tried for a while.
   */
  async start(isWanted: (of: Pick<ConnectionRow, "userId">) => boolean = () => true): Promise<void> {
    const { db, journal } = this.#parts;
    for (const row of await orders.listByState(db, ["SENDING"])) {
      // Its leader takes it along.
      if (row.leaderId !== null || !isWanted(row)) continue;
      const message = "The desk stopped while it was being sent. Looking for it at the broker";
      await journal.record(row.id, () => ({
        event: "lose",
        message,
        action: "order.unknown",
        userId: null,
        changes: { reason: { code: "OUTCOME_UNKNOWN", message, params: {} } },
      }));
    }
    await this.#poll();
    const opening: Promise<void>[] = [];
    for (const connection of await connections.listAll(db)) {
      if (!isWanted(connection)) continue;
      if (connection.desired === "disconnected") {
        // A desk that died after a person closed it may have left an alert.
        await new ConnectionWatch(this.#parts, connection).over();
        continue;
      }
      const [account] = await accounts.listByConnection(db, connection.id);
      if (account === undefined) continue;
      const opened = this.takeUp({ connection, account });
      if (connection.builtIn) opening.push(opened);
      else this.#tasks.add(`open ${connection.id}`, opened);
    }
    this.#isStarting = false;
    this.#tasks.add("poll for intents", this.#keepPolling(this.#stop.signal));
    this.#tasks.add("watch the connections", this.#keepWatching(this.#stop.signal));
    await Promise.all(opening);
  }

  /**
   * Opens a connection that was just made or is connected again. With `typed` keys an open one changes over to them: the
   * requests under way about orders get their answers on the old client, and new orders are refused until the new one is
   * open. @throws BrokerError where the broker refuses; DeskError KEYS_UNREADABLE
   */
  open(target: ConnectionWithAccount, typed?: BrokerCredentials): Promise<ConnectionHost> {
    return this.#inLane(target.connection.id, async () => {
      const existing = this.#hosts.get(target.connection.id);
      if (typed === undefined && existing !== undefined && existing.readyClient() !== null) return existing;
      await existing?.finish();
      await this.#close(target.connection.id);
      const host = await this.#add(target);
      try {
        await host.open(await this.#request(target.connection, typed), { prove: true, after: "not_connected" });
      } catch (error) {
        await this.#close(target.connection.id);
        throw error;
      }
      this.#watch(target.connection);
      return host;
    });
  }

  /** Opens it now or, where its broker is away, as soon as it is back. Nothing happens where it is open. */
  takeUp(target: ConnectionWithAccount): Promise<void> {
    const after = this.#isStarting ? "desk_down" : "not_connected";
    this.#watch(target.connection);
    return this.#inLane(target.connection.id, () => this.#restore(target, after));
  }

  /** Closes a connection because a person wants it closed: it is watched no longer. */
  async close(connectionId: ConnectionId): Promise<void> {
    const watched = this.#watches.get(connectionId);
    this.#watches.delete(connectionId);
    await this.#shut(connectionId);
    await watched?.watch.over();
  }

  /** @throws DeskError NOT_CONNECTED for a connection that is not open. */
  require(connection: { readonly id: ConnectionId; readonly userId: UserId; readonly label: string }): ConnectionHost {
    const host = this.#hosts.get(connection.id);
    if (host !== undefined && host.connection.userId === connection.userId) return host;
    throw new DeskError("NOT_CONNECTED", `${connection.label} is not connected.`);
  }

  find(connectionId: ConnectionId): ConnectionHost | undefined {
    return this.#hosts.get(connectionId);
  }

  /** The open connection of an account. */
  ofAccount(accountId: AccountId): ConnectionHost | undefined {
    return [...this.#hosts.values()].find(({ account }) => account.id === accountId);
  }

  /** Connected, and compared with its broker since: orders may go. */
  isReady(connectionId: ConnectionId): boolean {
    return (this.#hosts.get(connectionId)?.readyClient() ?? null) !== null;
  }

  /** What is known of the keys that are stored for it. */
  keys(connectionId: ConnectionId): KeyFacts {
    return this.#keys.get(connectionId) ?? NO_KEYS;
  }

  /** The stored keys are new ones. */
  keysWereSet(connectionId: ConnectionId, shown: ShownCredentials): void {
    this.#keys.set(connectionId, { setAt: secretsSetAt(shown), fault: null });
  }

  /** The connection's health now; of one that is not open, since when it is not. */
  status({ id, mode }: ConnectionRow): ConnectionStatus {
    const down = { state: "down", lastEvidenceAt: null } as const;
    return (
      this.#hosts.get(id)?.status() ?? {
        state: "disconnected",
        isConnected: false,
        isHealthy: false,
        mode,
        channels: { session: down, orders: down, data: down, rest: down },
        since: this.#closedAt.get(id) ?? this.#startedAt,
        error: null,
      }
    );
  }

  /** What is left of each broker's request budget now, of every open connection that has one. */
  budgets(): readonly ({ readonly connectionId: ConnectionId } & NonNullable<ConnectionStatus["budget"]>[number])[] {
    return [...this.#hosts].flatMap(([connectionId, host]) =>
      (host.status()?.budget ?? []).map((budget) => ({ connectionId, ...budget })),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const host of this.#hosts.values()) host.stop();
    await this.#tasks.idle();
    await Promise.all([...this.#hosts.keys()].map((id) => this.#shut(id)));
    await this.#parts.manager[Symbol.asyncDispose]();
  }

  /** Opening and closing one connection never overlap: two tabs may press the button at once. */
  async #inLane<Result>(connectionId: ConnectionId, act: () => Promise<Result>): Promise<Result> {
    const lane = this.#lanes.get(connectionId) ?? new SerialQueue();
    this.#lanes.set(connectionId, lane);
    try {
      return await lane.run(act);
    } finally {
      if (lane.size === 0) this.#lanes.delete(connectionId);
    }
  }

  #shut(connectionId: ConnectionId): Promise<void> {
    this.#hosts.get(connectionId)?.stop();
    return this.#inLane(connectionId, () => this.#close(connectionId));
  }

  #watch(connection: ConnectionRow): void {
    const { watch } = this.#watches.get(connection.id) ?? { watch: new ConnectionWatch(this.#parts, connection) };
    this.#watches.set(connection.id, { connection, watch });
  }

  async #keepWatching(signal: AbortSignal): Promise<void> {
    while (await sleepQuietly(this.#parts.clock, WATCH_EVERY_MS, signal)) {
      for (const { connection, watch } of this.#watches.values()) {
        await watch.look(this.status(connection), this.isReady(connection.id), this.keys(connection.id));
      }
    }
  }

  async #close(connectionId: ConnectionId): Promise<void> {
    const host = this.#hosts.get(connectionId);
    if (host === undefined) return;
    this.#hosts.delete(connectionId);
    this.#closedAt.set(connectionId, this.#parts.clock.now());
    await host.close();
  }

  async #restore(target: ConnectionWithAccount, after: "desk_down" | "not_connected"): Promise<void> {
    const { id } = target.connection;
    // Another call opened it meanwhile, and its host is at work.
    if (this.#hosts.has(id)) return;
    try {
      const host = await this.#add(target);
      await host.open(await this.#request(target.connection), { prove: false, after });
    } catch (err) {
      this.#parts.log.error({ err, connectionId: id }, "a connection could not be taken up");
      await this.#close(id);
    }
  }

  async #add(target: ConnectionWithAccount): Promise<ConnectionHost> {
    await this.#parts.openAccounts.load(target);
    const host = new ConnectionHost({
      ...this.#parts,
      ...target,
      notFound: this.#notFoundPolicy(target.connection),
      startedAt: this.#startedAt,
    });
    this.#hosts.set(target.connection.id, host);
    return host;
  }

  #notFoundPolicy({ broker, mode }: ConnectionRow): NotFoundPolicy {
    if (broker === PAPER_BROKER || mode === "mock") return IN_PROCESS_POLICY;
    return this.#parts.registry.description(broker)?.tellsTodayOnly === true ? TODAY_POLICY : REMOTE_POLICY;
  }

  async #request(connection: ConnectionRow, typed?: BrokerCredentials): Promise<ConnectionRequest> {
    const { id: connectionId, userId, broker, mode } = connection;
    return { connectionId, userId, broker, mode, credentials: typed ?? (await this.#openCredentials(connection)) };
  }

  async #openCredentials({ id, userId, broker, mode, label }: ConnectionRow): Promise<BrokerCredentials> {
    // What a paper account began with is no secret; it is kept with the account.
    const paper = await paperAccounts.find(this.#parts.db, this.#parts.openAccounts.accountId(id));
    if (paper !== null) return { startingCash: paper.startingCash };
    const row = await credentials.find(this.#parts.db, id);
    if (row === null) return {};
    const { rowVersion, envelope, hints, updatedAt } = row;
    const setAt = secretsSetAt({ hints, setAt: updatedAt });
    try {
      const opened = await this.#parts.vault.open({ userId, broker, mode, connectionId: id, rowVersion }, envelope);
      this.#keys.set(id, { setAt, fault: null });
      return opened;
    } catch (cause) {
      if (!(cause instanceof VaultError)) throw cause;
      this.#keys.set(id, { setAt, fault: cause.code });
      throw new DeskError("KEYS_UNREADABLE", `The keys of ${label} cannot be opened (${cause.code}).`, { cause });
    }
  }

  async #keepPolling(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    while (await sleepQuietly(clock, POLL_MS, signal)) {
      try {
        await this.#poll();
      } catch (err) {
        log.error({ err }, "intents could not be looked up");
      }
    }
  }

  async #poll(): Promise<void> {
    const { db, clock, journal } = this.#parts;
    // Of a younger one the owner has been told, and is at it.
    for (const intent of await orders.listIntents(db, clock.now() - POLL_MS / 2)) {
      if (intent.validUntil <= clock.now()) await expireIntent(journal, intent.id, clock.now());
      else for (const host of this.#hosts.values()) if (host.account.id === intent.accountId) host.wake();
    }
  }
}
