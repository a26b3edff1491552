import { SystemRandom } from "@trenddojo/brokers";
import {
  executionId,
  money,
  price,
  quantity,
  venueOrderId,
  type Channel,
  type ChannelHealth,
  type OrderUpdateEvent,
} from "@trenddojo/brokers/domain";
import { orderEvents, type Db } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../audit/AuditLog.ts";
import { AccountEvents } from "../connections/AccountEvents.ts";
import { BrokerCalls } from "../connections/BrokerCalls.ts";
import { IdMaker } from "../lib/IdMaker.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { TaskSet } from "../lib/TaskSet.ts";
import { BrokerUpdates } from "../orders/BrokerUpdates.ts";
import { OrderJournal } from "../orders/OrderJournal.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { BrokerEvents, type Pushing } from "./BrokerEvents.ts";

const SEED = 20261123;
/** An update to so many shares cannot be written, nor what shares its transaction. */
const POISON = quantity("13");

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let runs = 0;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

/** A journal whose transactions are spoiled, at the database itself, by an update that is poisonous. */
class SpoiledJournal extends OrderJournal {
  transactions = 0;

  static on(db: Db): SpoiledJournal {
    const counted = new Proxy(db, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        if (name === "transaction") journal.transactions += 1;
        return value.bind(target);
      },
    });
    const journal = new SpoiledJournal({
      db: counted,
      clock: kit.clock,
      audit: new AuditLog(kit.clock),
      bus: new InProcessTickBus(),
    });
    return journal;
  }

  override record(...[orderId, decide]: Parameters<OrderJournal["record"]>): ReturnType<OrderJournal["record"]> {
    return super.record(orderId, async (row, tx) => {
      const step = await decide(row, tx);
      if (step?.changes?.quantity === POISON) await tx.execute(sql`select 1 / 0`);
      return step;
    });
  }
}

/** The database, every third of whose single reads takes a while: of what is asked side by side a later one may be answered first. */
function uneven(db: Db): Db {
  let reads = 0;
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "execute") return value.bind(target);
      return async (...asked: readonly unknown[]): Promise<unknown> => {
        reads += 1;
        if (reads % 3 === 1) await target.execute(sql`select pg_sleep(0.01)`);
        return Reflect.apply(value, target, asked);
      };
    },
  });
}

/** A broker that pushes what it is told to, and an account that listens, with these orders working. */
async function listening(names: readonly string[]) {
  const { db, account, clock, inFlight } = kit;
  const updates = new SerialQueue();
  const log = pino({ enabled: false });
  const tasks = new TaskSet(log);
  const journal = SpoiledJournal.on(db);
  const ids = new IdMaker(clock, new SystemRandom());
  const heard = { applied: 0, lost: 0 };
  const audit = new AuditLog(clock);
  const onWritten = () => Promise.resolve();
  const events = new BrokerEvents({
    clock,
    log,
    tasks,
    updates,
    calls: new BrokerCalls(clock, new AbortController().signal),
    orders: new BrokerUpdates({
      account,
      db: uneven(db),
      clock,
      ids,
      journal,
      updates,
      inFlight,
      tasks,
      onStrange: () => undefined,
    }),
    account: new AccountEvents({ account, db, audit, bus: new InProcessTickBus(), onWritten }),
    catchingUp: () => journal,
    onPushed: () => undefined,
    onApplied: () => void (heard.applied += 1),
    onLost: () => void (heard.lost += 1),
  });
  let push = (_event: OrderUpdateEvent): void => undefined;
  const up: ChannelHealth = { state: "up", lastEvidenceAt: clock.now() };
  const channels: Readonly<Record<Channel, ChannelHealth>> = { session: up, data: up, rest: up, orders: up };
  const client: Pushing = {
    getConnectionStatus: () => ({ channels }),
    subscribeToOrderUpdates: (listener) => {
      push = listener;
      return Promise.resolve(() => undefined);
    },
    subscribeToAccountEvents: () => Promise.resolve(() => undefined),
  };
  await events.subscribe(client);
  for (const name of names) {
    await kit.send([kit.intent(name)]);
    push({ type: "order", order: toldOrder(name) });
  }
  await tasks.idle();
  return {
    heard,
    journal,
    events,
    push: (event: OrderUpdateEvent) => push(event),
    idle: () => tasks.idle(),
    changes: async (name: string) =>
      (await orderEvents.listByOrder(db, (await kit.row(name)).id))
        .map(({ payload }) => String(payload["message"]))
        .filter((message) => message !== "Working at the broker"),
    [Symbol.dispose]: () => events[Symbol.dispose](),
  };
}

const resized = (name: string, shares: string): OrderUpdateEvent => ({
  type: "order",
  order: toldOrder(name, { quantity: quantity(shares) }),
});

const executed = (name: string, number: number, shares: string): OrderUpdateEvent => ({
  type: "fill",
  order: toldOrder(name, { quantity: quantity(shares), status: "partially_filled" }),
  fill: {
    executionId: executionId(`${name}-${number}`),
    orderId: venueOrderId(`v-${name}`),
    clientOrderId: toldOrder(name).clientOrderId,
    symbol: "AAPL",
    side: "buy",
    quantity: quantity("1"),
    price: price("10"),
    fees: money("0"),
    filledAt: 5,
    reason: null,
  },
});

/** What an order has come to, by what was pushed of it. */
interface Expected {
  shares: string;
  readonly told: string[];
  filled: number;
}
const newOrder = (): Expected => ({ shares: "100", told: [], filled: 0 });

describe("what a broker pushes", () => {
  it("[SV523] of many orders at once is written in few transactions", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    using desk = await listening(names);
    const before = desk.journal.transactions;
    for (const name of names) desk.push(resized(name, "90"));
    expect(desk.events.arriving().size).toBe(20);
    await desk.idle();
    expect(desk.journal.transactions - before).toBeLessThanOrEqual(3);
    for (const name of names) expect(await desk.changes(name)).toEqual(["Changed to 90 shares, limit 10.00"]);
    expect(desk.heard).toEqual({ applied: 40, lost: 0 });
    expect(desk.events.arriving().size).toBe(0);
  });

  it("[SV523] one order's update that cannot be written loses no other's, and has all compared anew", async () => {
    using desk = await listening(["well", "ill", "fine"]);
    desk.push(resized("well", "90"));
    desk.push(resized("ill", POISON));
    desk.push(resized("fine", "80"));
    // Also the next of the same order.
    desk.push(resized("ill", "70"));
    await desk.idle();
    expect(await desk.changes("well")).toEqual(["Changed to 90 shares, limit 10.00"]);
    expect(await desk.changes("fine")).toEqual(["Changed to 80 shares, limit 10.00"]);
    expect(await desk.changes("ill")).toEqual(["Changed to 70 shares, limit 10.00"]);
    expect(desk.heard).toEqual({ applied: 6, lost: 1 });
    expect(desk.events.arriving().size).toBe(0);
  });

  it(`[SV523] however they come, of each order all is told in its order but for what cannot be written (seed ${SEED})`, async () => {
    const act = fc.record({
      order: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom("resize", "resize", "resize", "fill", "poison"),
      /** Whether what was pushed so far is applied first. */
      isQuiet: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 24 }), async (acts) => {
        runs += 1;
        const names = Array.from({ length: 4 }, (_, index) => `any-${runs}-${index}`);
        using desk = await listening(names);
        const expected = new Map(names.map((name) => [name, newOrder()]));
        let poisoned = 0;
        for (const [index, { order, kind, isQuiet }] of acts.entries()) {
          const name = names[order] ?? "";
          const its = expected.get(name);
          if (its === undefined) throw new Error(`there is no order ${name}`);
          if (kind === "fill") {
            its.filled += 1;
            its.told.push("fill");
            desk.push(executed(name, index, its.shares));
          } else if (kind === "poison") {
            poisoned += 1;
            desk.push(resized(name, POISON));
          } else {
            its.shares = String(200 + index);
            its.told.push(`Changed to ${its.shares} shares, limit 10.00`);
            desk.push(resized(name, its.shares));
          }
          if (isQuiet) await desk.idle();
        }
        await desk.idle();
        for (const [name, { shares, told, filled }] of expected) {
          const changes = await desk.changes(name);
          expect(changes.map((message) => (message.startsWith("Changed") ? message : "fill"))).toEqual(told);
          expect(await kit.row(name)).toMatchObject({ quantity: shares, filledQuantity: String(filled) });
        }
        expect(desk.heard).toEqual({ applied: 4 + acts.length - poisoned, lost: poisoned });
        expect(desk.events.arriving().size).toBe(0);
      }),
      { numRuns: 15, seed: SEED, verbose: 1 },
    );
  });
});
