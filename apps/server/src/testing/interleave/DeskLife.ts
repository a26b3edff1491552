import { SeededRandom } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db, type NewIntent } from "@trenddojo/db";
import { AuditLog } from "../../audit/AuditLog.ts";
import { BrokerCalls } from "../../connections/BrokerCalls.ts";
import { createLogger } from "../../createLogger.ts";
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
import { InProcessTickBus } from "../../streams/TickBus.ts";
import { databaseOf } from "./databaseOf.ts";
import type { FakeBroker } from "./FakeBroker.ts";
import { backToIntent, withoutValidity, type Plant } from "./plants.ts";
import { clockOf, type Life, type Turns } from "./Turns.ts";

const TEND_EVERY_MS = 5_000;
const POLL_MS = 500;

export interface LifeParts {
  readonly db: Db;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly broker: FakeBroker;
  readonly account: AccountRow;
  readonly seed: number;
  /** What is wrong with this desk; null: nothing, as far as is known. */
  readonly plant: Plant | null;
}

/** One process's life at one account: the executor, the journal and the reconciliation of the product, and nothing around them. */
export class DeskLife {
  readonly life: Life = { isOver: false };
  readonly #parts: LifeParts;
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #journal: OrderJournal;
  readonly #updates = new SerialQueue();
  readonly #tasks = new TaskSet(createLogger("silent"));
  readonly #executor: OrderExecutor;
  readonly #reconcile: Omit<ReconcileParts, "askedAt">;
  #isReady = false;
  #syncing: Promise<void> | null = null;

  constructor(parts: LifeParts) {
    const { turns, broker, account, seed, plant } = parts;
    this.#parts = parts;
    this.#db = databaseOf(parts.db, turns, this.life);
    this.#clock = clockOf(parts.clock, this.life);
    const log = createLogger("silent");
    const audit = new AuditLog(this.#clock);
    const [db, clock, inFlight, ids] = [
      this.#db,
      this.#clock,
      new InFlight(),
      new IdMaker(this.#clock, new SeededRandom(seed)),
    ];
    this.#journal = new OrderJournal({ db, clock, audit, bus: new InProcessTickBus() });
    const sender = broker.senderOf(this.life);
    this.#executor = new OrderExecutor({
      accountId: account.id,
      db,
      clock: plant === "no_validity" ? withoutValidity(clock) : clock,
      log,
      journal: this.#journal,
      inFlight,
      failPoint: noFailPoint,
      lease: {
        epoch: seed,
        isHeld: () => true,
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      updates: this.#updates,
      client: () => (this.#isReady ? sender : null),
      mayTrade: () => true,
      lastHalts: new LastHalts(clock),
      resends: true,
      onUnknown: () => this.#tasks.add("look for it", this.#sync("open")),
    });
    const calls = new BrokerCalls(this.#clock, new AbortController().signal);
    const cancelParts = { client: broker.cancelOf(this.life), journal: this.#journal, inFlight, calls, log };
    this.#reconcile = {
      db,
      clock,
      ids,
      audit,
      journal: this.#journal,
      account,
      inFlight,
      finding: null,
      books: broker.booksOf(this.life),
      unknown: new UnknownOrders(this.#clock, REMOTE_POLICY),
      sendAgain: (row) => this.#executor.sendAgain(row),
      isHeard: () => true,
      cancelFoundAlive: (row) => this.#tasks.add("cancel", cancelFoundAlive(cancelParts, row)),
    };
    const told = new BrokerUpdates({
      account,
      db,
      clock,
      ids,
      journal: this.#journal,
      updates: this.#updates,
      inFlight,
      tasks: this.#tasks,
      onStrange: () => this.#tasks.add("adopt", this.#sync("open")),
    });
    broker.listen((event) => {
      if (!this.life.isOver)
        this.#tasks.add(
          "update",
          this.#updates.run(() => told.apply(event)),
        );
    });
  }

  /** What was caught in the act is looked for; then orders go. */
  async start(): Promise<void> {
    const { account, plant } = this.#parts;
    if (plant === "back_to_intent") await backToIntent(this.#db, account.id);
    const message = "The desk stopped while it was being sent. Looking for it at the broker";
    for (const { id } of await orders.listByState(this.#db, ["SENDING"], account.id)) {
      await this.#journal.record(id, () => ({ event: "lose", message, action: "order.unknown", userId: null }));
    }
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

  #sync(scope: "recent" | "open"): Promise<void> {
    this.#syncing ??= this.#updates
      .run(() => reconcileAccount({ ...this.#reconcile, askedAt: this.#clock.now() }, scope))
      .finally(() => (this.#syncing = null));
    return this.#syncing;
  }
}
