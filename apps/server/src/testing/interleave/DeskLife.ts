import { BrokerError, SeededRandom } from "@trenddojo/brokers";
import type { Clock, OrderId } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db, type NewIntent } from "@trenddojo/db";
import { AuditLog } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import { BrokerCalls } from "../../connections/BrokerCalls.ts";
import { createLogger } from "../../createLogger.ts";
import { DeskError } from "../../DeskError.ts";
import { KillSwitch } from "../../kill/KillSwitch.ts";
import { LastHalts } from "../../kill/LastHalts.ts";
import { IdMaker } from "../../lib/IdMaker.ts";
import { SerialQueue } from "../../lib/SerialQueue.ts";
import { sleepQuietly } from "../../lib/sleepQuietly.ts";
import { TaskSet } from "../../lib/TaskSet.ts";
import { BrokerUpdates } from "../../orders/BrokerUpdates.ts";
import { expireIntent } from "../../orders/expireIntent.ts";
import { noFailPoint } from "../../orders/FailPoint.ts";
import { InFlight } from "../../orders/InFlight.ts";
import { OrderExecutor } from "../../orders/OrderExecutor.ts";
import { OrderJournal } from "../../orders/OrderJournal.ts";
import { REMOTE_POLICY, UnknownOrders } from "../../orders/UnknownOrders.ts";
import { cancelFoundAlive } from "../../reconciliation/cancelFoundAlive.ts";
import { reconcileAccount } from "../../reconciliation/reconcileAccount.ts";
import type { ReconcileParts } from "../../reconciliation/ReconcileParts.ts";
import { setTradingState } from "../../risk/setTradingState.ts";
import { InProcessTickBus } from "../../streams/TickBus.ts";
import { cancelOrder } from "../../usecases/orders/cancelOrder.ts";
import { modifyOrder } from "../../usecases/orders/modifyOrder.ts";
import type { OrderDesk } from "../../usecases/orders/OrderDesk.ts";
import type { OrderView } from "../../wire/orders.ts";
import { databaseOf } from "./databaseOf.ts";
import type { FakeBroker, FakeClient } from "./FakeBroker.ts";
import { hostOf } from "./hostOf.ts";
import { backToIntent, believingCancels, unheedHalt, withoutValidity, type Plant } from "./plants.ts";
import { clockOf, type Life, type Turns } from "./Turns.ts";

const TEND_EVERY_MS = 5_000;
const POLL_MS = 500;

export interface LifeParts {
  readonly db: Db;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly broker: FakeBroker;
  readonly account: AccountRow;
  /** Of the run: each of its lives makes ids of its own. */
  readonly seed: number;
  /** Which life of the run it is, from 1. */
  readonly epoch: number;
  /** What is wrong with this desk; null: nothing, as far as is known. */
  readonly plant: Plant | null;
  /** Called inside the commit of a switch: nothing goes from then on, or may again. */
  readonly onSwitch: (to: "HALTED" | "ACTIVE") => void;
}

/** One process's life at one account: the executor, the journal, the use cases, the kill switch and the reconciliation of the product, and nothing around them. */
export class DeskLife {
  readonly life: Life = { isOver: false };
  readonly #parts: LifeParts;
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #audit: AuditLog;
  readonly #journal: OrderJournal;
  readonly #updates = new SerialQueue();
  readonly #tasks = new TaskSet(createLogger("silent"));
  readonly #executor: OrderExecutor;
  readonly #kill: KillSwitch;
  readonly #desk: OrderDesk;
  readonly #actor: Actor;
  readonly #reconcile: Omit<ReconcileParts, "askedAt">;
  #isReady = false;
  #syncing: Promise<void> | null = null;
  #asked = 0;

  constructor(parts: LifeParts) {
    const { turns, broker, account, seed, epoch, plant } = parts;
    this.#parts = parts;
    this.#db = databaseOf(parts.db, turns, this.life);
    this.#clock = clockOf(parts.clock, this.life);
    this.#audit = new AuditLog(this.#clock);
    const [log, db, clock, audit] = [createLogger("silent"), this.#db, this.#clock, this.#audit];
    const [inFlight, bus, lastHalts] = [new InFlight(), new InProcessTickBus(), new LastHalts(clock)];
    const ids = new IdMaker(clock, new SeededRandom(2 ** 16 * epoch + seed));
    this.#journal = new OrderJournal({ db, clock, audit, bus });
    const journal = this.#journal;
    const client = clientOf(parts, this.life, { db, journal, account });
    this.#executor = new OrderExecutor({
      accountId: account.id,
      db,
      clock: plant === "no_validity" ? withoutValidity(clock) : clock,
      log,
      journal,
      inFlight,
      failPoint: noFailPoint,
      lease: { epoch, isHeld: () => true, [Symbol.asyncDispose]: () => Promise.resolve() },
      updates: this.#updates,
      client: () => (this.#isReady ? client : null),
      mayTrade: () => true,
      lastHalts: plant === "untold_halt" ? new LastHalts(clock) : lastHalts,
      resends: true,
      onUnknown: () => this.#look("look for it"),
    });
    const calls = new BrokerCalls(clock, new AbortController().signal);
    const cancelParts = { client, journal, inFlight, calls, log };
    this.#reconcile = {
      db,
      clock,
      ids,
      audit,
      journal,
      account,
      inFlight,
      finding: null,
      books: client,
      unknown: new UnknownOrders(clock, REMOTE_POLICY),
      sendAgain: (row) => this.#executor.sendAgain(row),
      isHeard: () => true,
      cancelFoundAlive: (row) => this.#tasks.add("cancel", cancelFoundAlive(cancelParts, row)),
    };
    const host = hostOf({
      account,
      db,
      clock,
      client,
      updates: this.#updates,
      inFlight,
      isReady: () => this.#isReady,
      reconcile: () => ({ ...this.#reconcile, askedAt: clock.now() }),
      look: () => this.#look("look for what is unknown"),
    });
    const connections = { find: () => host, require: () => host };
    this.#kill = new KillSwitch({
      db,
      clock,
      ids,
      audit,
      log,
      journal,
      bus,
      connections,
      openAccounts: { tradingStateChanged: () => Promise.resolve() },
      lastHalts,
    });
    const live = { issuesOf: () => [], touch: () => undefined, mayTrade: () => true };
    this.#desk = { db, clock, bus, journal, failPoint: noFailPoint, lastHalts, live, connections };
    const user = { id: account.userId, username: account.userId, role: "trader", createdAt: 1 } as const;
    this.#actor = { user, sessionId: "s" };
    const told = new BrokerUpdates({
      account,
      db,
      clock,
      ids,
      journal,
      updates: this.#updates,
      inFlight,
      tasks: this.#tasks,
      onStrange: () => this.#look("adopt"),
    });
    broker.books.listen((event) => {
      if (!this.life.isOver)
        this.#tasks.add(
          "update",
          this.#updates.run(() => told.apply(event)),
        );
    });
  }

  /** Somebody waits for an answer. */
  get isAsked(): boolean {
    return this.#asked > 0;
  }

  /** What was caught in the act is looked for; then orders go. */
  async start(): Promise<void> {
    const { account, plant } = this.#parts;
    if (plant === "back_to_intent") await backToIntent(this.#db, account.id);
    const message = "The desk stopped while it was being sent. Looking for it at the broker";
    for (const { id } of await orders.listByState(this.#db, ["SENDING"], account.id)) {
      await this.#journal.record(id, () => ({ event: "lose", message, action: "order.unknown", userId: null }));
    }
    await this.#kill.start(({ userId }) => userId === account.userId);
    await this.#sync("recent");
    this.#isReady = true;
    const alive = new AbortController().signal;
    this.#tasks.add("send", this.#executor.run(alive));
    this.#tasks.add("poll", this.#poll(alive));
    while (await sleepQuietly(this.#clock, TEND_EVERY_MS, alive)) await this.#sync("open");
  }

  /** The back-stop of wake-ups, and the end of what nobody claimed in time. */
  async #poll(signal: AbortSignal): Promise<void> {
    while (await sleepQuietly(this.#clock, POLL_MS, signal)) {
      for (const { id, validUntil } of await orders.listByState(this.#db, ["INTENT"], this.#parts.account.id)) {
        if (validUntil <= this.#clock.now()) await expireIntent(this.#journal, id, this.#clock.now());
        else this.#executor.wake();
      }
    }
  }

  /** TX1 of one click; a second click on the same ticket changes nothing. */
  async place(intent: NewIntent): Promise<void> {
    await this.#updates.run(async () => {
      if ((await orders.findByIdempotencyKey(this.#db, intent.userId, intent.idempotencyKey ?? "")) !== null) return;
      await this.#db.transaction(async (tx) => {
        const row = await orders.insertIntent(tx, intent);
        await this.#journal.tell(tx, row, { message: "Accepted by the desk", action: "order.placed", userId: null });
      });
    });
    this.#executor.wake();
  }

  /** @returns what the person was told; null where it was refused or its outcome is unknown */
  cancel(id: OrderId): Promise<OrderView | null> {
    return this.#ask(() => cancelOrder(this.#desk, this.#actor, id));
  }

  /** As `cancel`. */
  replace(id: OrderId, price: string): Promise<OrderView | null> {
    return this.#ask(() => modifyOrder(this.#desk, this.#actor, { orderId: id, changes: { price } }));
  }

  async halt(): Promise<void> {
    const { account, plant, onSwitch } = this.#parts;
    const request = { userId: account.userId, by: this.#actor.user, source: "web", reason: "" } as const;
    await this.#ask(async () => {
      await this.#kill.halt(request, () => Promise.resolve(onSwitch("HALTED")));
      if (plant === "unheeded_halt") await unheedHalt(this.#db, account.userId);
    });
  }

  /** Orders may go again. */
  async resume(): Promise<void> {
    const desk = { db: this.#db, clock: this.#clock, audit: this.#audit, kill: this.#kill };
    const allow = (): void => this.#parts.onSwitch("ACTIVE");
    const change = { to: "ACTIVE", action: "trading.resumed", did: "resumed trading", allow } as const;
    await this.#ask(() => setTradingState(desk, this.#actor, change));
  }

  /** @throws what is no answer to a person */
  async #ask<Result>(act: () => Promise<Result>): Promise<Result | null> {
    this.#asked += 1;
    try {
      return await act();
    } catch (error) {
      if (error instanceof DeskError || error instanceof BrokerError) return null;
      throw error;
    } finally {
      this.#asked -= 1;
    }
  }

  #look(why: string): void {
    this.#tasks.add(why, this.#sync("open"));
  }

  #sync(scope: "recent" | "open"): Promise<void> {
    this.#syncing ??= this.#updates
      .run(() => reconcileAccount({ ...this.#reconcile, askedAt: this.#clock.now() }, scope))
      .finally(() => (this.#syncing = null));
    return this.#syncing;
  }
}

function clientOf({ broker, plant }: LifeParts, life: Life, books: Parameters<typeof believingCancels>[1]): FakeClient {
  const client = broker.clientOf(life, plant !== "old_lives_on");
  return plant === "believed_cancel" ? believingCancels(client, books) : client;
}
