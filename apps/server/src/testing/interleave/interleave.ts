import { randomUUID } from "node:crypto";
import { SeededRandom } from "@trenddojo/brokers";
import {
  accountId,
  clientOrderId,
  connectionId,
  isFinalOrderState,
  ORDER_STATES,
  orderId,
  price,
  quantity,
  userId,
} from "@trenddojo/brokers/domain";
import { FakeClock } from "@trenddojo/brokers/testing";
import { accounts, connections, fills, orders, users, type AccountRow, type Db, type NewIntent } from "@trenddojo/db";
import { isFoundAlive } from "../../orders/foundAlive.ts";
import { DeskLife } from "./DeskLife.ts";
import { FakeBroker } from "./FakeBroker.ts";
import type { Plant } from "./plants.ts";
import { Turns } from "./Turns.ts";

const VALID_MS = 10_000;
/** Mostly a little: an order has to be sent before its time is over, or nothing is tried. */
const LEAPS_MS = [250, 1_000, 4_000, 11_000] as const;
const LITTLE_MS = 10;
/** Most turns of waiting before a crash: without them it would come before anything was sent. */
const LATEST_CRASH = 40;
/** In some runs time leaps so often that it runs out between any two steps, in most now and then. */
const LEAP_ONCE_IN = [40, 40, 5] as const;
/** More turns than any run has needed; one that wants more hangs. */
const MOST_TURNS = 5_000;

export interface Interleaving {
  /** Of all that happened, in its order. */
  readonly hash: string;
  readonly turns: number;
  /** What is wrong at the end; empty where nothing is. */
  readonly faults: readonly string[];
  readonly states: readonly string[];
}

/**
 * Lets a desk of one account place orders at a broker that loses requests and answers, time pass and the process die, in an
 * order that the seed chooses; then looks at what is left. The same seed on a fresh account: the same hash.
 * @param plant what is to be wrong with the desk
 */
export async function interleave(db: Db, seed: number, plant: Plant | null = null): Promise<Interleaving> {
  const random = new SeededRandom(seed);
  const turns = new Turns(seed);
  const clock = new FakeClock();
  const broker = new FakeBroker(turns, random, () => clock.now());
  const account = await seedAccount(db);
  const parts = { db, turns, clock, broker, account, plant };
  let desk = new DeskLife({ ...parts, seed: 1 });
  void desk.start();

  const names = Array.from({ length: 1 + random.integer(3) }, (_, index) => `o${index}`);
  const click = (name: string): Promise<void> =>
    turns.take(`click ${name}`, () => void desk.place(intentOf(account, name, clock.now())));
  // Twice at once, as a double click does it; and once more after each crash, for nobody may have heard.
  for (const name of [...names, ...names]) void click(name);
  let crashesLeft = random.integer(3);
  for (let crash = crashesLeft; crash > 0; crash -= 1) {
    const crashNow = (): void => {
      desk.life.isOver = true;
      broker.listen(null);
      desk = new DeskLife({ ...parts, seed: crash + 1 });
      void desk.start();
      for (const name of names) void click(name);
      crashesLeft -= 1;
    };
    void turns.wait(random.integer(LATEST_CRASH), "lives on").then(() => turns.take("crash", crashNow));
  }

  const leapOnceIn = LEAP_ONCE_IN[random.integer(LEAP_ONCE_IN.length)] ?? LEAP_ONCE_IN[0];
  const passTime = (): Promise<void> =>
    turns.take("time", () => clock.advance(stepOf(random, leapOnceIn))).then(passTime);
  void passTime();

  let isSettled = false;
  for (let turn = 0; turn < MOST_TURNS && !isSettled; turn += 1) {
    await turns.next();
    if (crashesLeft === 0 && turn % 20 === 0) isSettled = await settled(db, account, broker, names.length);
  }
  desk.life.isOver = true;
  const rows = await orders.listByState(db, ORDER_STATES, account.id);
  const faults = isSettled ? await faultsOf(db, rows, broker) : [`not settled after ${MOST_TURNS} turns`];
  const states = rows.map(({ state, attempt }) => `${state}*${attempt}`);
  turns.note(states.join());
  return { hash: turns.hash, turns: turns.length, faults, states };
}

function stepOf(random: SeededRandom, leapOnceIn: number): number {
  if (random.integer(leapOnceIn) > 0) return 1 + random.integer(LITTLE_MS);
  return LEAPS_MS[random.integer(LEAPS_MS.length)] ?? LITTLE_MS;
}

/** Both agree, and nothing works there that was thought never to have been placed: a late arrival is found and canceled. */
async function settled(db: Db, account: AccountRow, broker: FakeBroker, count: number): Promise<boolean> {
  const rows = await orders.listByState(db, ORDER_STATES, account.id);
  if (rows.length !== count || broker.underWay > 0) return false;
  return rows.every((row) => {
    const { state } = row;
    const there = broker.orders.get(row.clientOrderId)?.status;
    if (there === "filled") return state === "FILLED";
    if (there === "canceled") return state === "CANCELED";
    return there === "submitted" ? state === "WORKING" && !isFoundAlive(row) : isFinalOrderState(state);
  });
}

async function faultsOf(
  db: Db,
  rows: Awaited<ReturnType<typeof orders.listByState>>,
  broker: FakeBroker,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const row of rows) {
    const { clientOrderId: id, state, attempt } = row;
    const there = broker.orders.get(id);
    const writes = broker.writes.filter((write) => write.clientOrderId === id);
    if (writes.length > attempt) faults.push(`${id} was claimed ${attempt} times and written ${writes.length} times`);
    if (writes.length > 3) faults.push(`${id} was written ${writes.length} times`);
    for (const { at, isBlind } of writes) {
      if (at >= row.validUntil) faults.push(`${id} was written ${at - row.validUntil} ms late`);
      if (isBlind) faults.push(`${id} was written again, and nobody had asked for it`);
    }
    if (there === undefined && (state === "WORKING" || state === "FILLED"))
      faults.push(`${id} is ${state}, and not there`);
    if (there !== undefined && (state === "EXPIRED_UNSENT" || state === "DENIED"))
      faults.push(`${id} is ${state}, and there`);
    const executed = await fills.listByOrder(db, row.id);
    if (executed.length > 1) faults.push(`${id} has ${executed.length} executions of one`);
    if (state === "FILLED" && there?.status !== "filled") faults.push(`${id} is FILLED, and ${there?.status} there`);
  }
  for (const id of broker.orders.keys())
    if (!rows.some((row) => row.clientOrderId === id)) faults.push(`${id} is there, and unknown here`);
  return faults;
}

function intentOf(account: AccountRow, name: string, now: number): NewIntent {
  const own = `${name}-${account.id}`;
  return {
    id: orderId(own),
    userId: account.userId,
    accountId: account.id,
    mode: account.mode,
    idempotencyKey: own,
    requestHash: "h",
    clientOrderId: clientOrderId(`tdP-${name}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    reducesRisk: false,
    quantity: quantity("100"),
    price: price("10"),
    stopPrice: null,
    referencePrice: null,
    validUntil: now + VALID_MS,
    createdAt: now,
    state: "INTENT",
    reason: null,
  };
}

async function seedAccount(db: Db): Promise<AccountRow> {
  const name = randomUUID().slice(0, 13);
  const owner = { userId: userId(name), broker: "alpaca", mode: "paper", createdAt: 1 } as const;
  const connection = { ...owner, id: connectionId(`c-${name}`), label: "Fake", settings: {}, builtIn: false } as const;
  const account = {
    ...owner,
    id: accountId(`a-${name}`),
    connectionId: connection.id,
    venueAccountId: `F-${name}`,
    currency: "USD",
    removedAt: null,
  } as const;
  await db.transaction(async (tx) => {
    await users.insert(tx, { id: owner.userId, username: name, passwordHash: "x", role: "trader", createdAt: 1 });
    await connections.insert(tx, { ...connection, desired: "connected" });
    await accounts.insert(tx, account);
  });
  return account;
}
