import { orderId, parseFixed } from "@trenddojo/brokers/domain";
import { exposureBySymbol, openingQuantity, parseOrder } from "@trenddojo/brokers/rules";
import { SeededRandom } from "@trenddojo/brokers";
import { openExposures, orders, type OpenExposure, type OrderRow } from "@trenddojo/db";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { booksBeside, exposedRow, unseenByBroker, type ExposedRow } from "./exposedOrders.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let group: readonly ExposedRow[];
beforeAll(async () => {
  kit = await createJournalKit();
  await kit.send(kit.bracket("b"));
  const all = await exposures("b");
  group = ["b", "b-tp", "b-sl"].flatMap((id) => all.find((row) => row.orderId === id) ?? []);
  if (group.length !== 3) throw new Error("the group is not told apart");
});
afterAll(() => kit.close());

async function exposures(apart?: string): Promise<ExposedRow[]> {
  const stored = await openExposures.list(kit.db, kit.account.id, apart === undefined ? undefined : orderId(apart));
  return stored.map(exposedRow);
}

/** Shares that the changed order would open, of a hundred. */
function opened(replaced: ExposedRow | undefined, all: readonly ExposedRow[], held: string, side: "buy" | "sell") {
  const positions = [{ symbol: "AAPL", quantity: parseFixed(held), price: parseFixed("10") }];
  const books = booksBeside(replaced, all, positions);
  const exposure = exposureBySymbol(books.positions, books.open).get("AAPL");
  const parsed = parseOrder({ symbol: "AAPL", side, type: "limit", quantity: "100", price: "12" });
  if (!parsed.ok) throw new Error("not well formed");
  return openingQuantity(exposure, parsed.order);
}

it("[SV48] a held exit that is changed closes what its entry will open", () => {
  const [, profit, stop] = group;
  expect(opened(profit, group, "0", "sell")).toBe(0n);
  expect(opened(stop, group, "0", "sell")).toBe(0n);
  expect(opened(undefined, group, "0", "sell")).toBe(parseFixed("100"));
});

it("[SV48] of two exits that work, the other does not count beside the one that is changed", () => {
  const exits = group.slice(1).map((row) => ({ ...row, isHeld: false }));
  const [profit] = exits;
  expect(opened(profit, exits, "100", "sell")).toBe(0n);
  expect(opened(undefined, exits, "100", "sell")).toBe(parseFixed("100"));
});

it("[SV48] an entry that is changed does not count beside itself, and other orders do", async () => {
  const [entry] = group;
  expect(opened(entry, group, "-100", "buy")).toBe(0n);
  await kit.send([kit.intent("other")]);
  const all = await exposures("b");
  const found = all.find(({ orderId: id }) => id === "b");
  expect(opened(found, all, "-100", "buy")).toBe(parseFixed("100"));
});

it("[SV48] a group that its broker has not seen holds back its entry alone", () => {
  expect(unseenByBroker(group)).toBe(parseFixed("1000"));
  const short = group.map((row): ExposedRow => ({ ...row, side: row.side === "buy" ? "sell" : "buy" }));
  expect(unseenByBroker(short)).toBe(0n);
});

const SEED = 20_261_123;
const SYMBOLS = ["AAPL", "MSFT", "TSLA"] as const;

it(`[SV300] orders that are summed move an account as each by itself, whatever is changed; seed ${SEED}`, async () => {
  const random = new SeededRandom(SEED);
  const pick = <Value>(values: readonly [Value, ...Value[]]): Value =>
    values[random.integer(values.length)] ?? values[0];
  for (let number = 0; number < 60; number += 1) {
    const symbol = pick(SYMBOLS);
    const name = `many-${number}`;
    const intents = pick([true, false]) ? kit.bracket(name) : [kit.intent(name, { side: pick(["buy", "sell"]) })];
    await kit.send(intents.map((intent) => ({ ...intent, symbol })));
    for (const { id } of intents) {
      const state = pick(["WORKING", "PARTIALLY_FILLED", "UNKNOWN", "PENDING_CANCEL", "FILLED", "SENDING"]);
      await kit.db.execute(sql`
        update orders set state = ${state}, filled_quantity = ${random.integer(130)}::integer,
          price = price + ${random.integer(90)}::integer / 7.0, venue_order_id = ${pick([null, id])}, is_held = is_held and ${pick([true, false])}
        where id = ${id}`);
    }
  }
  const rows = await orders.listOpen(kit.db, kit.account.id);
  const single = rows.map(eachByItself);
  for (const replaces of [undefined, ...rows.map(({ id }) => id)]) {
    const summed = await exposures(replaces);
    expect(effectOf(replaces, summed)).toEqual(effectOf(replaces, single));
    // What is under way, exits that work and the changed group alone are told apart.
    expect(summed.length).toBeLessThan(single.length);
  }
});

/** All that the rules make of open orders, with `replaces` being changed. */
function effectOf(replaces: string | undefined, all: readonly ExposedRow[]): unknown {
  const replaced = replaces === undefined ? undefined : all.find((row) => row.orderId === replaces);
  const { open, positions } = booksBeside(replaced, all, []);
  const unknown = open.filter(({ isUnknown }) => isUnknown === true);
  return {
    replaced,
    positions,
    exposures: new Map([...exposureBySymbol(positions, open)].toSorted(([a], [b]) => a.localeCompare(b))),
    unseen: unseenByBroker(open),
    unknown: unknown.map(({ symbol, side, remaining }) => `${symbol} ${side} ${remaining}`).toSorted(),
  };
}

function eachByItself(row: OrderRow): ExposedRow {
  const left = parseFixed(row.quantity) - parseFixed(row.filledQuantity);
  const stored: OpenExposure = {
    orderId: row.id,
    symbol: row.symbol,
    side: row.side,
    remaining: row.quantity,
    price: row.price ?? row.stopPrice ?? row.referencePrice,
    groupId: row.orderClass === null ? null : (row.leaderId ?? row.id),
    role: row.groupRole,
    isHeld: row.isHeld,
    isUnknown: row.state === "UNKNOWN",
    isSeen: row.venueOrderId !== null,
  };
  return { ...exposedRow(stored), remaining: left > 0n ? left : 0n };
}
