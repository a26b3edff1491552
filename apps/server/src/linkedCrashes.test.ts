import { randomUUID } from "node:crypto";
import type { BrokerClient } from "@trenddojo/brokers";
import { ORDER_STATES, type GroupRole, type OrderState } from "@trenddojo/brokers/domain";
import { orders, type DbHandle, type OrderRow } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "./testing/faultyRegistry.ts";
import { mortalStore, type MortalStore } from "./testing/mortalStore.ts";
import { MortalClock } from "./testing/MortalClock.ts";
import { until } from "./testing/until.ts";
import type { OrderInput } from "./wire/orders.ts";

const BRACKET: OrderInput = {
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "10",
  price: "99.00",
  timeInForce: "gtc",
  orderClass: "bracket",
  takeProfit: { price: "110.00" },
  stopLoss: { stopPrice: "90.00" },
};

const never = new Promise<never>(() => undefined);
/** The broker's own news do not reach the desk that is about to die. */
const unheard: Faults["subscribeToOrderUpdates"] = () => () => Promise.resolve(() => undefined);

interface Crash {
  readonly faults: Faults;
  /** When the process is killed; where it is missing, once `sent` says so. */
  readonly lastCommit?: (leader: OrderRow, legs: readonly OrderRow[]) => boolean;
  /** What may have become of the whole group: what was not placed is sent or, where the restart took too long, never. */
  readonly endsAs: readonly OrderState[];
}

let isSent = false;
const arriving: Faults["placeOrder"] = (client) => async (order, options) => {
  await client.placeOrder(order, options);
  isSent = true;
  return never;
};
const lost: Faults["placeOrder"] = () => () => {
  isSent = true;
  return never;
};

const CRASHES: readonly (readonly [string, Crash])[] = [
  [
    "stored and not claimed",
    { faults: {}, lastCommit: ({ state }) => state === "INTENT", endsAs: ["WORKING", "EXPIRED_UNSENT"] },
  ],
  [
    "claimed and not sent",
    { faults: {}, lastCommit: ({ state }) => state === "SENDING", endsAs: ["WORKING", "NOT_PLACED"] },
  ],
  [
    "sent and lost on the way",
    { faults: { placeOrder: lost, subscribeToOrderUpdates: unheard }, endsAs: ["WORKING", "NOT_PLACED"] },
  ],
  [
    "taken, and the answer lost",
    { faults: { placeOrder: arriving, subscribeToOrderUpdates: unheard }, endsAs: ["WORKING"] },
  ],
  [
    "taken, and the answer booked",
    {
      faults: { subscribeToOrderUpdates: unheard },
      lastCommit: ({ state }) => state === "WORKING",
      endsAs: ["WORKING"],
    },
  ],
  [
    "taken, and the first of its updates booked",
    { faults: { placeOrder: arriving }, lastCommit: ({ state }) => state === "WORKING", endsAs: ["WORKING"] },
  ],
];

/** Stores, sends and dies as told. @returns the cookie of who was signed in */
async function liveUntil(mortal: MortalStore, idempotencyKey: string, { faults, lastCommit }: Crash, key: Buffer) {
  isSent = false;
  const clock = new MortalClock();
  const trader = await createManualDesk({
    store: mortal.store,
    keyEncryptionKey: key,
    clock,
    wrapRegistry: faultyRegistry(faults),
  });
  const cookie = trader.person.cookie();
  if (lastCommit !== undefined) {
    mortal.dieAfter(async (store) => {
      const group = await groupIn(store);
      const leader = group.find(({ leaderId }) => leaderId === null);
      return leader !== undefined && lastCommit(leader, group);
    });
  }
  void trader.place(BRACKET, idempotencyKey).catch(() => undefined);
  await until("the end", () => (lastCommit === undefined ? isSent : mortal.isDead()));
  if (lastCommit === undefined) mortal.dieAfter(() => Promise.resolve(true));
  await trader.person[Symbol.asyncDispose]();
  clock.die();
  return cookie;
}

/** How far an exit is, at the desk or at its broker. */
interface Exit {
  readonly quantity: string;
  readonly filledQuantity: string;
  readonly isHeld?: boolean;
}
type Exits = Readonly<Record<"profit" | "stop", Exit>>;

async function exitsIn({ db }: DbHandle): Promise<Exits | null> {
  const rows = await orders.listByState(db, ORDER_STATES);
  return exitsOf((role) => rows.find(({ groupRole }) => groupRole === role));
}

async function exitsAt(broker: BrokerClient): Promise<Exits | null> {
  const open = await broker.getOpenOrders();
  return exitsOf((role) => open.find(({ group }) => group?.role === role));
}

function exitsOf(find: (role: GroupRole) => Exit | undefined): Exits | null {
  const [profit, stop] = [find("take_profit"), find("stop_loss")];
  return profit === undefined || stop === undefined ? null : { profit, stop };
}

/** The profit fills 4, which shrinks the stop to 6; then the stop fills 2, which shrinks the profit to 8. */
const FILLING: readonly (readonly [string, Faults, (exits: Exits) => boolean])[] = [
  ["the profit's fill was booked", {}, ({ profit }) => profit.filledQuantity === "4"],
  ["the stop's fill was booked", {}, ({ stop }) => stop.filledQuantity === "2"],
  ["nothing of it was heard", { subscribeToOrderUpdates: unheard }, () => false],
];

const STATES = ["INTENT", "SENDING", "UNKNOWN", "WORKING", "NOT_PLACED", "EXPIRED_UNSENT", "REJECTED"] as const;
const groupIn = ({ db }: DbHandle) => orders.listByState(db, STATES);

it.each(CRASHES)(
  "[SV43] a group that was %s when the process died is whole afterwards, and placed at most once",
  async (_name, crash) => {
    await using store = await createTestStore();
    const key = Buffer.alloc(32, 7);
    const idempotencyKey = randomUUID();
    const cookie = await liveUntil(mortalStore(store), idempotencyKey, crash, key);
    const left = await groupIn(store);
    // Whatever was reached was reached by all.
    expect(new Set(left.map(({ state }) => state)).size).toBe(1);

    let broker: BrokerClient | null = null;
    const getOpenOrders: Faults["getOpenOrders"] = (client) => {
      broker = client;
      return (options) => client.getOpenOrders(options);
    };
    await using trader = await createManualDesk({
      store,
      keyEncryptionKey: key,
      cookie,
      wrapRegistry: faultyRegistry({ getOpenOrders }),
    });
    const group = await until("the verdict", async () => {
      const rows = await groupIn(store);
      return crash.endsAs.some((end) => rows.every(({ state }) => state === end)) ? rows : null;
    });
    expect(group).toHaveLength(3);
    const isPlaced = group[0]?.state === "WORKING";
    const named = await until("the broker's names", async () => {
      const rows = await groupIn(store);
      return rows.every(({ venueOrderId }) => (venueOrderId !== null) === isPlaced) ? rows : null;
    });
    const atBroker = await until("the broker", () => broker);
    const open = await atBroker.getOpenOrders();
    expect(open.map(({ orderId }) => String(orderId)).toSorted()).toEqual(
      isPlaced ? named.map(({ venueOrderId }) => String(venueOrderId)).toSorted() : [],
    );
    // The same click again is the same order, and nothing more is placed.
    const leader = group.find(({ leaderId }) => leaderId === null);
    const again = await trader.place(BRACKET, idempotencyKey);
    expect(again).toMatchObject({ id: leader?.id, state: group[0]?.state });
    expect((await trader.api.orders.list.query({})).orders).toHaveLength(3);
    if (!isPlaced) return;
    trader.feed.quote("AAPL", 98.97, 98.99);
    await trader.untilState(again.id, "FILLED");
    const exits = await trader.groupOf(again.id);
    trader.feed.quote("AAPL", 110.5, 110.52);
    await trader.untilState(exits["take_profit"]?.id ?? "", "FILLED");
    await trader.untilState(exits["stop_loss"]?.id ?? "", "CANCELED");
  },
);

it.each(FILLING)(
  "[SV62] [SV43] a bracket whose exits fill when the process dies, after %s, agrees with its broker and ends whole",
  async (_name, faults, isLast) => {
    await using store = await createTestStore();
    const keyEncryptionKey = Buffer.alloc(32, 7);
    const mortal = mortalStore(store);
    const clock = new MortalClock();
    const isHeard = faults.subscribeToOrderUpdates === undefined;
    let broker: BrokerClient | null = null;
    const getOpenOrders: Faults["getOpenOrders"] = (client) => {
      broker = client;
      return (options) => client.getOpenOrders(options);
    };
    const wrapRegistry = faultyRegistry({ ...faults, getOpenOrders });
    const first = await createManualDesk({ store: mortal.store, keyEncryptionKey, clock, wrapRegistry });
    mortal.dieAfter(async () => {
      const exits = await exitsIn(store);
      return exits !== null && isLast(exits);
    });
    first.feed.quote("AAPL", 98.97, 98.99);
    await first.place(BRACKET);
    const dying = await until("the broker", () => broker);
    const reached = (what: string, isIt: (exits: Exits) => boolean) =>
      until(what, async () => {
        if (mortal.isDead()) return true;
        const exits = await (isHeard ? exitsIn(store) : exitsAt(dying));
        return exits !== null && isIt(exits);
      });
    await reached("the entry", ({ profit }) => profit.isHeld !== true);
    first.feed.quote("AAPL", 110.5, 110.52, 4);
    await reached("the profit's part", ({ stop }) => stop.quantity === "6");
    first.feed.quote("AAPL", 89.9, 89.92, 2);
    await reached("the stop's part", ({ profit }) => profit.quantity === "8");
    if (!isHeard) mortal.dieAfter(() => Promise.resolve(true));
    else await until("the end", () => mortal.isDead());
    const cookie = first.person.cookie();
    await first.person[Symbol.asyncDispose]();
    clock.die();

    broker = null;
    await using trader = await createManualDesk({
      store,
      keyEncryptionKey,
      cookie,
      wrapRegistry: faultyRegistry({ getOpenOrders }),
    });
    const atBroker = await until("the broker", () => broker);
    const agreed = async () => {
      const here = (await trader.api.orders.list.query({})).orders;
      const there = await atBroker.getOrderHistory(7);
      const line = (id: unknown, state: string, { quantity, filledQuantity }: Exit) =>
        `${String(id)} ${state.toLowerCase()} ${filledQuantity}/${quantity}`;
      const ours = here.map((order) => line(order.venueOrderId, order.state, order)).toSorted();
      const theirs = there.map((order) => line(order.orderId, order.status, order)).toSorted();
      return ours.join() === theirs.join().replaceAll("submitted", "working") ? here : null;
    };
    await until("agreement", agreed);
    trader.feed.quote("AAPL", 110.5, 110.52);
    const ended = await until("the end of the group", async () => {
      const here = await agreed();
      return here?.every(({ state }) => state === "FILLED" || state === "CANCELED") === true ? here : null;
    });
    const sold = ended.filter(({ side }) => side === "sell").map(({ filledQuantity }) => Number(filledQuantity));
    expect(sold.reduce((sum, each) => sum + each, 0)).toBe(10);
  },
  60_000,
);
