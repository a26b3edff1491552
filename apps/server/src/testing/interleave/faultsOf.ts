import { isFinalOrderState, ORDER_STATES, parseFixed } from "@trenddojo/brokers/domain";
import { fills, halts, orders, type AccountRow, type Db, type OrderRow } from "@trenddojo/db";
import { isFoundAlive } from "../../orders/foundAlive.ts";
import { FIRST_PRICE } from "./FakeBooks.ts";
import type { FakeBroker } from "./FakeBroker.ts";
import { VALID_MS } from "./seedAccount.ts";

/** What a run is judged by, beside the books of both. */
export interface Witness {
  /** When trading was switched, as the length of the trace, oldest first. */
  readonly switches: readonly { readonly turn: number; readonly to: "HALTED" | "ACTIVE" }[];
  /** Client order ids whose owner was told that they are canceled. */
  readonly toldCanceled: ReadonlySet<string>;
  /** By client order id, the prices that were asked for since. */
  readonly askedPrices: ReadonlyMap<string, readonly string[]>;
  /** What was wrong at the moment at which it happened. */
  readonly seen: readonly string[];
}

export function rowsOf(db: Db, account: AccountRow): Promise<OrderRow[]> {
  return orders.listByState(db, ORDER_STATES, account.id);
}

/**
 * Both agree, nothing works there that was thought never to have been placed, and a halt that lasts is confirmed: a late
 * arrival is found and canceled.
 */
export async function settled(db: Db, account: AccountRow, broker: FakeBroker, count: number): Promise<boolean> {
  const { books, underWay } = broker;
  const rows = await rowsOf(db, account);
  if (rows.length !== count || underWay + books.taken > 0 || !(await isHaltDone(db, account))) return false;
  return rows.every((row) => {
    const { state } = row;
    const there = books.orders.get(row.clientOrderId);
    if (there?.status === "filled") return state === "FILLED";
    if (there?.status === "canceled") return state === "CANCELED";
    if (there === undefined) return isFinalOrderState(state);
    return state === "WORKING" && !isFoundAlive(row) && isSamePrice(row.price, there.price);
  });
}

async function isHaltDone(db: Db, { userId }: AccountRow): Promise<boolean> {
  const halt = await halts.findCurrent(db, userId);
  return halt === null || (await halts.listSteps(db, halt.id)).every(({ state }) => state === "confirmed");
}

/** What is wrong at the end of a run that has settled. */
export async function faultsOf(
  db: Db,
  account: AccountRow,
  broker: FakeBroker,
  witness: Witness,
): Promise<readonly string[]> {
  const faults: string[] = [...witness.seen];
  const { books } = broker;
  const rows = await rowsOf(db, account);
  for (const row of rows) {
    const { clientOrderId: id, state } = row;
    const there = books.orders.get(id);
    faults.push(...writeFaults(row, broker), ...memberFaults(id, broker, witness));
    if (there === undefined && (state === "WORKING" || state === "FILLED"))
      faults.push(`${id} is ${state}, and not there`);
    if (there !== undefined && (state === "EXPIRED_UNSENT" || state === "DENIED"))
      faults.push(`${id} is ${state}, and there`);
    const executed = await fills.listByOrder(db, row.id);
    if (executed.length > 1) faults.push(`${id} has ${executed.length} executions of one`);
    if (state === "FILLED" && there?.status !== "filled") faults.push(`${id} is FILLED, and ${there?.status} there`);
    if (there !== undefined && !isSamePrice(row.price, there.price))
      faults.push(`${id} has the price ${row.price}, and ${there.price} there`);
    if (witness.toldCanceled.has(id) && there?.status !== "canceled")
      faults.push(`${id} was told to be canceled, and is ${there?.status} there`);
  }
  for (const { what, clientOrderId: id, turn } of broker.writes) {
    const last = witness.switches.findLast((each) => each.turn < turn);
    if (last?.to === "HALTED") faults.push(`the ${what} ${id} went after the halt`);
  }
  for (const id of books.orders.keys())
    if (!rows.some((row) => row.clientOrderId === id)) faults.push(`${id} is there, and unknown here`);
  return faults;
}

function writeFaults(
  { clientOrderId: id, attempt, validUntil, createdAt }: OrderRow,
  broker: FakeBroker,
): readonly string[] {
  const faults: string[] = [];
  const writes = broker.writes.filter(({ what, clientOrderId }) => what === "order" && clientOrderId === id);
  if (writes.length > attempt) faults.push(`${id} was claimed ${attempt} times and written ${writes.length} times`);
  if (writes.length > 3) faults.push(`${id} was written ${writes.length} times`);
  for (const { at, isBlind } of writes) {
    // A cancel may end the time of an order in the instant in which it was written.
    if (at > validUntil || at >= createdAt + VALID_MS) faults.push(`${id} was written ${at - validUntil} ms late`);
    if (isBlind) faults.push(`${id} was written again, and nobody had asked for it`);
  }
  return faults;
}

/** Of all that an order has been at its broker one lives, or has filled, and at a price that was asked for. */
function memberFaults(id: string, { books }: FakeBroker, { askedPrices }: Witness): readonly string[] {
  const faults: string[] = [];
  const lives = (books.members.get(id) ?? []).filter(({ status }) => status === "submitted" || status === "filled");
  if (lives.length > 1) faults.push(`${id} lives ${lives.length} times`);
  const asked = [FIRST_PRICE, ...(askedPrices.get(id) ?? [])];
  for (const { price } of lives)
    if (!asked.some((each) => isSamePrice(each, price))) faults.push(`${id} lives at ${price}, which nobody asked for`);
  return faults;
}

function isSamePrice(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : parseFixed(one) === parseFixed(other);
}
