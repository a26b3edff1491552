import type { BrokerClient, BrokerManager, CallOptions, ConnectionRequest } from "@trenddojo/brokers";
import type { Clock, ConnectionStatus, MarketData, OrderId } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type ConnectionRow, type Db, type OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import type { AuditLog } from "../audit/AuditLog.ts";
import { DeskError } from "../DeskError.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { withTimeout } from "../lib/withTimeout.ts";
import type { ConnectionLease, Lease } from "../orders/ConnectionLease.ts";
import type { LastHalts } from "../kill/LastHalts.ts";
import type { LiveGate } from "../live/LiveArming.ts";
import { noFailPoint, type FailPoint } from "../orders/FailPoint.ts";
import { InFlight } from "../orders/InFlight.ts";
import { OrderExecutor } from "../orders/OrderExecutor.ts";
import type { OrderJournal } from "../orders/OrderJournal.ts";
import type { NotFoundPolicy } from "../orders/UnknownOrders.ts";
import { isHeard } from "../reconciliation/BrokerEvents.ts";
import { Reconciler } from "../reconciliation/Reconciler.ts";
import type { QuoteSource } from "../streams/QuoteSource.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { BrokerCalls } from "./BrokerCalls.ts";

/** The market's hours are asked for, and orders of unknown outcome looked up, this often. */
const TEND_EVERY_MS = 5_000;
/** Everything is compared with the broker at least this often. */
const RECONCILE_EVERY_MS = 60_000;
/** A broker that has not connected, or let go, by then is not waited for. */
const CONNECT_MS = 30_000;
const DISCONNECT_MS = 5_000;
/** Whoever opens it does not wait longer for the first comparison, which goes on. */
const FIRST_LOOK_MS = 10_000;
/** A request about an order is of unknown outcome after this. */
const REQUEST_MS = 10_000;
/** US stocks and ETFs share one calendar. */
const MARKET = "NYSE";

export interface HostParts {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
  readonly manager: BrokerManager;
  readonly leases: ConnectionLease;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly log: Logger;
  readonly audit: AuditLog;
  readonly journal: OrderJournal;
  readonly bus: TickBus;
  readonly live: LiveGate;
  readonly lastHalts: LastHalts;
  readonly notFound: NotFoundPolicy;
  /** When this process began, epoch milliseconds. */
  readonly startedAt: number;
  /** @default none */
  readonly failPoint?: FailPoint | undefined;
}

interface OpenOptions {
  /** Rejects where the broker refuses, and nothing stays open; without, the monitor goes on trying. */
  readonly prove: boolean;
  /** Why the desk may not have heard of what happened before. */
  readonly after: "desk_down" | "not_connected";
}

/**
 * The owner of one open connection: holds its lease, keeps its orders in step with the broker, and lets new ones go
 * only once both agree. All that happens to the account's orders goes through one queue, in order.
 */
export class ConnectionHost implements QuoteSource {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
  /** The account's queue. What is placed, answered, pushed and reconciled happens in here, one after the other. */
  readonly updates = new SerialQueue();
  readonly inFlight = new InFlight();
  readonly #parts: HostParts;
  readonly #tasks: TaskSet;
  readonly #calls: BrokerCalls;
  readonly #reconciler: Reconciler;
  readonly #stop = new AbortController();
  #client: BrokerClient | null = null;
  #executor: OrderExecutor | null = null;
  #lease: Lease | null = null;
  #isMarketOpen = false;
  #isFinishing = false;
  readonly #quoteEnds = new Set<() => void>();
  #endStatus: (() => void) | null = null;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.connection = parts.connection;
    this.account = parts.account;
    this.#tasks = new TaskSet(parts.log);
    this.#calls = new BrokerCalls(parts.clock, this.#stop.signal);
    this.#reconciler = new Reconciler({
      ...parts,
      updates: this.updates,
      inFlight: this.inFlight,
      tasks: this.#tasks,
      calls: this.#calls,
      stop: this.#stop.signal,
      client: () => this.#connectedClient(),
      sendAgain: (row) => this.#executor?.sendAgain(row) ?? false,
      beforeLook: (client) => this.#readHours(client),
      onReady: () => this.wake(),
    });
  }

  /**
   * Takes the lease, connects and reconciles. Where that takes longer than 10 s it resolves, and no order goes until both
   * agree. @throws BrokerError
   */
  async open(request: ConnectionRequest, { prove, after }: OpenOptions): Promise<void> {
    const { manager, leases, clock, db, log, journal, startedAt } = this.#parts;
    const lease = await leases.acquire(this.connection.id, { signal: this.#stop.signal });
    this.#lease = lease;
    await this.#reconciler.begin(after, startedAt);
    this.#client = prove
      ? await this.#calls.act(CONNECT_MS, (options) => manager.connectBroker(request, options))
      : await manager.restoreBroker(request);
    const client = this.#client;
    this.#executor = new OrderExecutor({
      accountId: this.account.id,
      db,
      clock,
      log,
      journal,
      lease,
      updates: this.updates,
      inFlight: this.inFlight,
      client: () => this.readyClient(),
      mayTrade: () => this.#parts.live.mayTrade(this.account),
      lastHalts: this.#parts.lastHalts,
      resends: client.capabilities.repeatedOrderIds.supported,
      failPoint: this.#parts.failPoint ?? noFailPoint,
      onUnknown: () => this.#reconciler.look("look for an unknown order"),
    });
    this.#endStatus = manager.onStatusChange(request.userId, request.connectionId, (status) => this.#onStatus(status));
    this.#tasks.add("send orders", this.#executor.run(this.#stop.signal));
    this.#tasks.add("tend the connection", this.#tend(this.#stop.signal));
    try {
      await this.#calls.act(CONNECT_MS, (options) => client.connect(options));
      await this.#lookFirst();
    } catch (err) {
      if (prove) throw err;
      log.warn({ err, connectionId: this.connection.id }, "a connection could not be restored yet");
    }
  }

  /**
   * Takes no new order from now on, for it is to be closed; resolves when the requests about orders that are under way have
   * their answers, which takes 10 s at most.
   */
  async finish(): Promise<void> {
    this.#isFinishing = true;
    const late = new AbortController();
    const idle = this.inFlight.idle().finally(() => late.abort());
    await Promise.race([idle, sleepQuietly(this.#parts.clock, REQUEST_MS, late.signal)]);
  }

  /** Begins to close, also while it is being opened: nothing more is sent, and nothing is waited for any longer. */
  stop(): void {
    this.#reconciler.doubt("connection_down");
    this.#stop.abort();
  }

  /** Stops sending, waits for what is under way, disconnects and gives the lease back. */
  async close(): Promise<void> {
    this.stop();
    this.#endStatus?.();
    for (const onEnd of this.#quoteEnds) onEnd();
    await this.#tasks.idle();
    this.#reconciler[Symbol.dispose]();
    await this.#disconnect();
    await this.updates.idle();
    this.#client = null;
    await this.#lease?.[Symbol.asyncDispose]();
    this.#parts.bus.publish(subjects.connections(this.connection.userId));
  }

  /** There are intents to send: the one that was just committed or, where none is named, whatever is stored. */
  wake(intent?: OrderId): void {
    this.#executor?.wake(intent);
  }

  /** As the client itself sees it now. */
  status(): ConnectionStatus | null {
    return this.#client?.getConnectionStatus() ?? null;
  }

  /** When all was compared with the broker last; null before the first time. Epoch milliseconds. */
  get reconciledAt(): number | null {
    return this.#reconciler.reconciledAt;
  }

  /** Compares all with the broker now. @throws DeskError NOT_CONNECTED, BrokerError where it does not answer */
  async reconcile(): Promise<void> {
    await this.#reconciler.now(this.requireConnected());
  }

  /** The client while orders may go: connected, and reconciled since. */
  readyClient(): BrokerClient | null {
    return this.#reconciler.isReady ? this.#connectedClient() : null;
  }

  /** @throws DeskError NOT_CONNECTED */
  requireReady(): BrokerClient {
    const client = this.readyClient();
    if (client !== null && !this.#isFinishing) return client;
    const what = this.#isFinishing
      ? "is being opened with other keys"
      : this.#connectedClient() !== null
        ? "is being reconciled with its broker"
        : "is not connected";
    throw new DeskError("NOT_CONNECTED", `${this.connection.label} ${what}: nothing was sent.`, {
      retryAfterSeconds: 2,
    });
  }

  /** For reading, also while it is being reconciled. @throws DeskError NOT_CONNECTED */
  requireConnected(): BrokerClient {
    const client = this.#connectedClient();
    if (client !== null) return client;
    throw new DeskError("NOT_CONNECTED", `${this.connection.label} is not connected.`, { retryAfterSeconds: 2 });
  }

  async subscribe(symbol: string, listener: (data: MarketData) => void, onEnd: () => void): Promise<() => void> {
    const client = this.requireConnected();
    let isWanted = true;
    const unsubscribe = await this.#calls
      .ask(async (options) => {
        const end = await client.subscribeToMarketData(symbol, listener, options);
        if (!isWanted) end();
        return end;
      })
      .catch((error: unknown) => {
        isWanted = false;
        throw error;
      });
    // Closing has told the subscriptions that it knew of; this one would never hear of it.
    if (this.#stop.signal.aborted) {
      unsubscribe();
      throw new DeskError("NOT_CONNECTED", `${this.connection.label} was disconnected.`);
    }
    this.#quoteEnds.add(onEnd);
    return () => {
      this.#quoteEnds.delete(onEnd);
      unsubscribe();
    };
  }

  isMarketOpen(): boolean {
    return this.#isMarketOpen;
  }

  /**
   * Asks the broker to do something with one order, which counts as under way until it has answered, for 10 s or until
   * the connection closes. @throws BrokerError TIMEOUT then: the outcome is unknown
   */
  async request<Result>(orderId: OrderId, ask: (options: CallOptions) => Promise<Result>): Promise<Result> {
    using _underWay = this.inFlight.begin(orderId);
    return await this.#calls.act(REQUEST_MS, ask);
  }

  /** Asks the broker for one order and takes over the answer, in the account's queue. */
  refresh(orderId: OrderId): Promise<OrderRow | null> {
    return this.#reconciler.refresh(this.requireConnected(), orderId);
  }

  /** Asks the broker for each order of unknown outcome, in the background; nothing happens where it is asked already. */
  pursueUnknown(): void {
    const client = this.#connectedClient();
    if (client !== null) this.#tasks.add("look for what is unknown", this.#reconciler.pursueUnknown(client));
  }

  #connectedClient(): BrokerClient | null {
    return this.#client?.isConnected() === true ? this.#client : null;
  }

  async #lookFirst(): Promise<void> {
    const over = new AbortController();
    const compared = this.#reconciler.sync("recent").finally(() => over.abort());
    this.#tasks.add("compare everything at first", compared);
    await sleepQuietly(this.#parts.clock, FIRST_LOOK_MS, over.signal);
  }

  #onStatus(status: ConnectionStatus): void {
    const isUsable = status.isConnected && status.channels.session.state === "up";
    if (isHeard(status)) this.#reconciler.heard();
    else this.#reconciler.unheard(status.channels.orders.lastEvidenceAt);
    if (!isUsable) this.#reconciler.doubt("connection_down");
    else if (!this.#reconciler.isReady) this.#reconciler.look("reconcile", "recent");
    this.#parts.bus.publish(subjects.connections(this.connection.userId));
  }

  async #tend(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    let reconciledAt = clock.monotonic();
    while (await sleepQuietly(clock, TEND_EVERY_MS, signal)) {
      const client = this.readyClient();
      try {
        if (client === null) {
          if (this.#connectedClient() !== null) await this.#reconciler.sync("recent");
          continue;
        }
        await this.#readHours(client);
        const isDue = clock.monotonic() - reconciledAt >= RECONCILE_EVERY_MS;
        if (!isDue && !this.#reconciler.isSuspicious && !(await this.#isLooking())) continue;
        await this.#reconciler.sync("open");
        if (isDue) reconciledAt = clock.monotonic();
      } catch (err) {
        log.warn({ err, connectionId: this.connection.id }, "a connection could not be tended");
      }
    }
  }

  /** Orders of unknown outcome are looked for until they are found or given up. */
  async #isLooking(): Promise<boolean> {
    return (await orders.listByState(this.#parts.db, ["UNKNOWN"], this.account.id)).length > 0;
  }

  async #readHours(client: BrokerClient): Promise<void> {
    const hours = await this.#calls.ask((options) => client.getMarketHours(MARKET, options));
    this.#isMarketOpen = hours.isOpen;
  }

  async #disconnect(): Promise<void> {
    const { clock, manager, log, connection } = this.#parts;
    try {
      await withTimeout(clock, DISCONNECT_MS, () => manager.disconnectBroker(connection.userId, connection.id));
    } catch (err) {
      log.error({ err, connectionId: connection.id }, "a broker did not let go in time");
    }
  }
}
