import { SeededRandom } from "@trenddojo/brokers";
import { FakeClock } from "@trenddojo/brokers/testing";
import type { Db } from "@trenddojo/db";
import { DeskLife } from "./DeskLife.ts";
import { FakeBroker } from "./FakeBroker.ts";
import { faultsOf, rowsOf, settled, type Witness } from "./faultsOf.ts";
import { Person } from "./Person.ts";
import type { Plant } from "./plants.ts";
import { intentOf, seedAccount } from "./seedAccount.ts";
import { Turns } from "./Turns.ts";

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
 * Lets a desk of one account place, cancel and replace orders at a broker that loses requests and answers, trading be
 * halted and go on, time pass and the process die, in an order that the seed chooses; then looks at what is left. The same
 * seed on a fresh account: the same hash.
 * @param plant what is to be wrong with the desk
 */
export async function interleave(db: Db, seed: number, plant: Plant | null = null): Promise<Interleaving> {
  const random = new SeededRandom(seed);
  const turns = new Turns(seed);
  const clock = new FakeClock();
  const broker = new FakeBroker(turns, random, clock);
  const account = await seedAccount(db);
  const switches: Witness["switches"][number][] = [];
  const onSwitch = (to: "HALTED" | "ACTIVE"): void => {
    switches.push({ turn: turns.length, to });
    turns.note(to);
  };
  const parts = { db, turns, clock, broker, account, plant, seed, onSwitch };
  let desk = new DeskLife({ ...parts, epoch: 1 });
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
      broker.books.listen(null);
      desk = new DeskLife({ ...parts, epoch: crash + 1 });
      void desk.start();
      for (const name of names) void click(name);
      crashesLeft -= 1;
    };
    void turns.wait(random.integer(LATEST_CRASH), "lives on").then(() => turns.take("crash", crashNow));
  }

  const person = new Person({ turns, random, clock, broker, account, desk: () => desk });
  person.plan(names);

  const leapOnceIn = LEAP_ONCE_IN[random.integer(LEAP_ONCE_IN.length)] ?? LEAP_ONCE_IN[0];
  const passTime = (): Promise<void> =>
    turns.take("time", () => clock.advance(stepOf(random, leapOnceIn))).then(passTime);
  void passTime();

  let isSettled = false;
  for (let turn = 0; turn < MOST_TURNS && !isSettled; turn += 1) {
    await turns.next();
    const isIdle = crashesLeft === 0 && person.isIdle && !desk.isAsked;
    if (isIdle && turn % 20 === 0) isSettled = await settled(db, account, broker, names.length);
  }
  desk.life.isOver = true;
  const { toldCanceled, askedPrices, seen } = person;
  const witness = { switches, toldCanceled, askedPrices, seen };
  const faults = isSettled
    ? await faultsOf(db, account, broker, witness)
    : [`not settled after ${MOST_TURNS} turns`, ...seen];
  const states = (await rowsOf(db, account)).map(({ state, attempt }) => `${state}*${attempt}`);
  turns.note(states.join());
  return { hash: turns.hash, turns: turns.length, faults, states };
}

function stepOf(random: SeededRandom, leapOnceIn: number): number {
  if (random.integer(leapOnceIn) > 0) return 1 + random.integer(LITTLE_MS);
  return LEAPS_MS[random.integer(LEAPS_MS.length)] ?? LITTLE_MS;
}
