import type { BrokerClient } from "@trenddojo/brokers";
import type { Clock, OrderUpdateEvent } from "@trenddojo/brokers/domain";
import { holdings, orders, type AccountRow, type ConnectionRow, type Db, type OrderRow } from "@trenddojo/db";
import type { Logger } from "pino";
import type { AuditLog } from "../audit/AuditLog.ts";
import { AccountEvents } from "../connections/AccountEvents.ts";
import type { BrokerCalls } from "../connections/BrokerCalls.ts";
import type { IdMaker } from "../lib/IdMaker.ts";
import type { SerialQueue } from "../lib/SerialQueue.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import type { TaskSet } from "../lib/TaskSet.ts";
import { BrokerUpdates } from "../orders/BrokerUpdates.ts";
import type { InFlight } from "../orders/InFlight.ts";
import type { OrderJournal, OrderRecorder } from "../orders/OrderJournal.ts";
import { UnknownOrders, type NotFoundPolicy } from "../orders/UnknownOrders.ts";
import { subjects, type TickBus } from "../streams/TickBus.ts";
import { AwaitedUpdates } from "./AwaitedUpdates.ts";
import { BrokerEvents, isHeard } from "./BrokerEvents.ts";
import { cancelFoundAlive } from "./cancelFoundAlive.ts";
import { DriftLedger } from "./DriftLedger.ts";
import { Finding } from "./Finding.ts";
import type { Gap } from "./Gap.ts";
import { Holdings } from "./Holdings.ts";
import { lookUpMissing } from "./lookUpMissing.ts";
import { reconcileAccount } from "./reconcileAccount.ts";
import type { ReconcileParts } from "./ReconcileParts.ts";
import { refreshOrder } from "./refreshOrder.ts";

const RETRY_MS = 1_000;

export interface ReconcilerParts {
  readonly connection: ConnectionRow;
  readonly account: AccountRow;
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: IdMaker;
  readonly log: Logger;
  readonly audit: AuditLog;
  readonly journal: OrderJournal;
  readonly bus: TickBus;
  readonly notFound: NotFoundPolicy;
  /** The account's queue. */
  readonly updates: SerialQueue;
  readonly inFlight: InFlight;
  readonly tasks: TaskSet;
  readonly calls: BrokerCalls;
  readonly stop: AbortSignal;
  /** The client while it is connected. */
  readonly client: () => BrokerClient | null;
  readonly sendAgain: ReconcileParts["sendAgain"];
  /** Called before each look; what it rejects with fails the look. */
  readonly beforeLook: (client: BrokerClient) => Promise<void>;
  /** Both agree, and orders may go. */
  readonly onReady: () => void;
}

/** How much of the broker's books is read: "recent" closed orders too, "open" is enough on the schedule. */
type Scope = "recent" | "open";

/**
 * Keeps one account in step with its broker: listens, compares all at the start and after each doubt, and says when both
 * agree. Start-up, reconnect and schedule are one path.
 */
export class Reconciler implements Disposable {
  readonly #parts: ReconcilerParts;
  readonly #unknown: UnknownOrders;
  readonly #ledger: DriftLedger;
  readonly #holdings: Holdings;
  readonly #events: BrokerEvents;
  #isReady = false;
  #reconciledAt: number | null = null;
  /** Since when, and why, the broker may not have been heard; null while nothing is known to be missed. */
  #gap: { readonly what: Gap["what"]; readonly from: number | null } | null;
  /** Since when the order stream is not sound, as far as its status told it. */
  #unheardSince: number | null = null;
  /** Grows when what was reconciled cannot be relied on any more: a drop, an update that was not applied. */
  #doubts = 0;
  /** The broker's clock less ours, milliseconds, as it was when it was asked last. */
  #skewMs = 0;
  #isSuspicious = false;
  /** An order is there that was taken for never placed: it is looked at until it is gone. */
  #isHunting = false;
  readonly #awaited: AwaitedUpdates;
  #syncing: Promise<void> | null = null;
  #pursuing: Promise<void> | null = null;

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
    this.#gap = { what: "not_connected", from: null };
    this.#unknown = new UnknownOrders(parts.clock, parts.notFound);
    this.#awaited = new AwaitedUpdates(parts.clock);
    this.#ledger = new DriftLedger(parts);
    this.#holdings = new Holdings({ ...parts, ledger: this.#ledger });
    this.#events = new BrokerEvents({
      ...parts,
      orders: new BrokerUpdates({ ...parts, onStrange: () => this.look("adopt an order") }),
      account: new AccountEvents({ ...parts, onWritten: (tx, event) => this.#holdings.book(tx, event) }),
      catchingUp: (event, downSince) => this.#catchingUp(event, downSince),
      onPushed: (orderId) => this.#awaited.told(orderId),
      onApplied: () => {
        this.#holdings.moved();
        parts.bus.publish(subjects.holdings(parts.account.id));
        this.#ledger.announce();
      },
      onLost: () => {
        this.doubt("update_failed");
        parts.bus.publish(subjects.connections(parts.connection.userId));
        this.look("compare all after an update was lost", "recent");
      },
    });
  }

  /** Both agreed, and nothing has put that in doubt since. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** When all was compared last; null before the first time. Epoch milliseconds. */
  get reconciledAt(): number | null {
    return this.#reconciledAt;
  }

  /** The next look is to come soon: what it found has to be seen twice. */
  get isSuspicious(): boolean {
    return this.#isSuspicious || this.#isHunting || this.#awaited.size > 0;
  }

  /** Call it before the first look. @param startedAt when this process began; what was written before is an earlier one's */
  async begin(what: "desk_down" | "not_connected", startedAt: number): Promise<void> {
    const { db, account } = this.#parts;
    this.#gap = { what, from: await holdings.lastHeardAt(db, account.id, startedAt) };
  }

  /** No order goes until all is reconciled anew, from the start. */
  doubt(what: "connection_down" | "update_failed"): void {
    if (what === "connection_down") this.unheard(null);
    this.#doubts += 1;
    this.#isReady = false;
    this.#gap ??= { what, from: this.#parts.clock.now() };
  }

  /**
   * The order stream is not sound: that an order was not found so far proves nothing, and what is told now was missed.
   * @param since when it was heard last, our clock; null where that is not known
   */
  unheard(since: number | null): void {
    this.#unknown.unheard();
    this.#unheardSince ??= since;
  }

  /** It is sound. */
  heard(): void {
    this.#unheardSince = null;
  }

  /** Compares what is open, or all where that is due, in the background. */
  look(why: string, scope: Scope = "open"): void {
    this.#parts.tasks.add(why, this.sync(scope));
  }

  /** One reconciliation at a time; a failed one is tried again while the connection lasts. */
  sync(scope: Scope): Promise<void> {
    this.#syncing ??= this.#keepTrying(scope).finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  /** Compares all once more, now. @throws BrokerError where the broker does not answer */
  now(client: BrokerClient): Promise<void> {
    return this.#pass(client, "recent");
  }

  /** Asks the broker for one order and takes over the answer, in the account's queue. */
  refresh(client: BrokerClient, orderId: OrderRow["id"]): Promise<OrderRow | null> {
    const { updates, db, account } = this.#parts;
    return updates.run(async () => {
      this.#holdings.moved();
      const row = await orders.find(db, account.userId, orderId);
      return row === null ? null : refreshOrder(this.#reconcileParts(client, null), row);
    });
  }

  /** Asks the broker for each order of unknown outcome, and for nothing else. One at a time. @throws BrokerError */
  pursueUnknown(client: BrokerClient): Promise<void> {
    this.#pursuing ??= this.#parts.updates
      .run(() => this.#pursue(client))
      .finally(() => {
        this.#pursuing = null;
      });
    return this.#pursuing;
  }

  [Symbol.dispose](): void {
    this.#events[Symbol.dispose]();
  }

  async #keepTrying(scope: Scope): Promise<void> {
    const { clock, log, connection, stop, client, bus, onReady } = this.#parts;
    for (let open = client(); !stop.aborted && open !== null; open = client()) {
      try {
        const doubts = this.#doubts;
        await this.#pass(open, this.#isReady ? scope : "recent");
        // What was read before a drop says nothing of what happened during it.
        if (this.#doubts !== doubts) continue;
        if (!this.#isReady) {
          this.#isReady = true;
          bus.publish(subjects.connections(connection.userId));
        }
        onReady();
        return;
      } catch (err) {
        log.warn({ err, connectionId: connection.id }, "an account could not be reconciled yet");
        await sleepQuietly(clock, RETRY_MS, stop);
      }
    }
  }

  /** @throws BrokerError */
  async #pass(client: BrokerClient, scope: Scope): Promise<void> {
    const { clock, updates, bus, account } = this.#parts;
    const doubts = this.#doubts;
    await this.#events.subscribe(client);
    await this.#parts.beforeLook(client);
    await updates.run(async () => {
      const askedAt = clock.now();
      const gap = this.#gapUntil(askedAt);
      const finding = this.#finding(gap, askedAt, this.#events.arriving());
      this.#isHunting = false;
      try {
        await this.#noteUntold();
        await reconcileAccount(this.#reconcileParts(client, finding), scope);
        await this.#compareHoldings(client, gap);
      } finally {
        this.#ledger.announce();
      }
      this.#reconciledAt = clock.now();
      if (this.#doubts === doubts) this.#gap = null;
    });
    bus.publish(subjects.holdings(account.id));
  }

  async #pursue(client: BrokerClient): Promise<void> {
    const { db, account, clock } = this.#parts;
    const askedAt = clock.now();
    const finding = this.#finding(this.#gapUntil(askedAt), askedAt, this.#events.arriving());
    const lost = await orders.listByState(db, ["UNKNOWN"], account.id);
    try {
      await lookUpMissing(this.#reconcileParts(client, finding), lost, new Set());
    } finally {
      this.#ledger.announce();
    }
  }

  /** What was taken over some seconds ago, and no update has told since. */
  async #noteUntold(): Promise<void> {
    for (const found of this.#awaited.overdue()) {
      await this.#parts.db.transaction((tx) => this.#ledger.settled(tx, found));
    }
  }

  async #compareHoldings(client: BrokerClient, gap: Gap | null): Promise<void> {
    const { clock, calls } = this.#parts;
    const askedAt = clock.now();
    const positions = await calls.ask((options) => client.getPositions(options));
    const balances = await calls.ask((options) => client.getBalances(options));
    this.#skewMs = balances.asOf - clock.now();
    // A broker that is asked over the network moves cash for fees and dividends that it tells elsewhere.
    const tellsCash = client.getConnectionStatus().channels.rest.state === "unused";
    this.#isSuspicious = await this.#holdings.compare({ positions, balances, tellsCash, gap, askedAt });
  }

  #catchingUp({ order, ...event }: OrderUpdateEvent, downSince: number): OrderRecorder {
    const now = this.#parts.clock.now();
    // A stream that came back was heard just now, and has told nothing yet of what it missed.
    const from = Math.min(downSince, this.#unheardSince ?? downSince);
    const gap = { what: "stream_down", from, to: now } as const;
    return this.#finding(gap, now, new Set()).hearing("fill" in event ? event.fill : order);
  }

  #finding(gap: Gap | null, askedAt: number, arriving: ReadonlySet<string>): Finding {
    const { journal, inFlight } = this.#parts;
    const brokerNow = askedAt + this.#skewMs;
    const awaited = this.#awaited;
    const onStep = (): void => this.#holdings.moved();
    return new Finding({ ledger: this.#ledger, journal, inFlight, gap, askedAt, brokerNow, arriving, awaited, onStep });
  }

  #gapUntil(to: number): Gap | null {
    if (this.#gap === null) return null;
    const { what, from } = this.#gap;
    return what === "desk_down" || what === "not_connected" ? { what, from, to } : { what, from: from ?? to, to };
  }

  #reconcileParts(client: BrokerClient, finding: Finding | null): ReconcileParts {
    const { db, clock, ids, audit, journal, account, inFlight, sendAgain, calls } = this.#parts;
    const books = calls.books(client);
    return {
      db,
      clock,
      askedAt: clock.now(),
      ids,
      audit,
      journal,
      account,
      books,
      inFlight,
      finding,
      sendAgain,
      unknown: this.#unknown,
      isHeard: () => isHeard(client.getConnectionStatus()),
      cancelFoundAlive: (row) => {
        this.#isHunting = true;
        this.#parts.tasks.add("cancel what was given up", cancelFoundAlive({ ...this.#parts, client }, row));
      },
    };
  }
}
