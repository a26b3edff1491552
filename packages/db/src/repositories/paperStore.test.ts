import { accountId, clientOrderId, money, parseFixed, type AccountId } from "@trenddojo/brokers/domain";
import {
  MemoryPaperStore,
  PaperExchange,
  PaperJournalError,
  type PaperEvent,
  type PaperStore,
} from "@trenddojo/brokers/paper";
import { instrument, marketData, parsedOrder } from "@trenddojo/brokers/testing";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db } from "../Db.ts";
import { classifyDriverError } from "../driverError.ts";
import { paperAccounts } from "../schema/paper.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount } from "../testing/fixtures.ts";
import * as accounts from "./paperAccounts.ts";
import { createPaperStore } from "./paperStore.ts";

const SEED = 42;
const CASH = money("100000");
const AAPL = instrument("AAPL", "Apple");
const config = {
  seed: SEED,
  startingCash: CASH,
  instruments: (symbol: string) => (symbol === "AAPL" ? AAPL : undefined),
  session: () =>
    ({ isOpen: true, session: "regular", nextOpenAt: null, nextCloseAt: null, dayEndsAt: NOW + 3_600_000 }) as const,
};

/** A day of one account: quotes that walk, and orders of which some fill at once and some rest. */
function trade(exchange: PaperExchange, orders: number): PaperEvent[] {
  const events: PaperEvent[] = [];
  for (let index = 0; index < orders; index += 1) {
    const at = NOW + index * 10;
    const bid = 100 + (index % 7);
    events.push(...exchange.onTick(marketData("AAPL", { bid, ask: bid + 0.02, timestamp: at, receivedAt: at })));
    const isLimit = index % 3 === 0;
    const order = parsedOrder({
      clientOrderId: clientOrderId(`tdP-${exchange.sequence}-${index}`),
      side: index % 2 === 0 ? "buy" : "sell",
      ...(isLimit ? { type: "limit", price: parseFixed("99.5") } : {}),
    });
    events.push(...exchange.submit(at, order));
  }
  return events;
}

await describeEachDriver("the paper store", (db) => {
  const ids = createIds();
  const open = (account: AccountId) => createPaperStore(db(), account);

  test("[DB40] an account comes back as from memory, with and without a snapshot", async () => {
    const id = await seedPaperAccount(db(), ids);
    const memory = new MemoryPaperStore();
    const exchange = PaperExchange.create(config);
    const both = async (work: (store: PaperStore) => Promise<void>) => Promise.all([work(memory), work(open(id))]);
    const restored = async (store: PaperStore) => {
      const { snapshot, events } = await store.load();
      return PaperExchange.restore(config, snapshot, events);
    };
    const first = trade(exchange, 40);
    await both((store) => store.append(first));
    expect(await open(id).load()).toEqual(await memory.load());
    expect((await restored(open(id))).snapshot()).toEqual((await restored(memory)).snapshot());

    await both((store) => store.saveSnapshot(exchange.snapshot()));
    const second = trade(exchange, 7);
    await both((store) => store.append(second));
    const { snapshot, events } = await open(id).load();
    expect({ snapshot, events }).toEqual(await memory.load());
    expect(events[0]?.seq).toBe((snapshot?.sequence ?? 0) + 1);
    const again = await restored(open(id));
    expect(again.snapshot()).toEqual((await restored(memory)).snapshot());
    expect(again.sequence).toBe(exchange.sequence);
    expect(again.fills(0)).toEqual(exchange.fills(0));
  });

  test("[DB40] a journal of thousands of events in one write is stored whole and in order", async () => {
    const id = await seedPaperAccount(db(), ids);
    const events = trade(PaperExchange.create(config), 1_200);
    expect(events.length).toBeGreaterThan(2_000);
    await open(id).append(events);
    expect((await open(id).load()).events).toEqual(events);
  });

  test("[DB41] a gap, a repetition and a gap inside are refused and store nothing", async () => {
    const id = await seedPaperAccount(db(), ids);
    const events = trade(PaperExchange.create(config), 5);
    await open(id).append([]);
    await expect(open(id).append(events.slice(1))).rejects.toMatchObject({ expectedSequence: 1, actualSequence: 2 });
    await open(id).append(events.slice(0, 2));
    await expect(open(id).append(events.slice(0, 3))).rejects.toBeInstanceOf(PaperJournalError);
    await expect(open(id).append(events.slice(2).toSpliced(1, 1))).rejects.toBeInstanceOf(PaperJournalError);
    expect((await open(id).load()).events).toEqual(events.slice(0, 2));
    await open(id).append(events.slice(2));
    expect((await open(id).load()).events).toEqual(events);
  });

  test("[DB41] of two writers of one journal one wins", async () => {
    const id = await seedPaperAccount(db(), ids);
    const events = trade(PaperExchange.create(config), 1);
    const outcomes = await Promise.allSettled([open(id).append(events), open(id).append(events)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await open(id).load()).events).toEqual(events);
  });

  test("[DB41] a snapshot ahead of the journal is refused, and so is one of an account that is not there", async () => {
    const id = await seedPaperAccount(db(), ids);
    const exchange = PaperExchange.create(config);
    const events = trade(exchange, 3);
    await open(id).append(events.slice(0, 1));
    await expect(open(id).saveSnapshot(exchange.snapshot())).rejects.toThrow(RangeError);
    expect((await open(id).load()).snapshot).toBeNull();
    const nobody = open(accountId("nobody"));
    await expect(nobody.load()).rejects.toThrow(RangeError);
    await expect(nobody.append(events)).rejects.toThrow(RangeError);
    await expect(nobody.saveSnapshot(exchange.snapshot())).rejects.toThrow(RangeError);
  });

  test("[DB42] a stored event or snapshot of another shape is refused at the read, with a code", async () => {
    const id = await seedPaperAccount(db(), ids);
    const exchange = PaperExchange.create(config);
    await open(id).append(trade(exchange, 1));
    await open(id).saveSnapshot(exchange.snapshot());
    await db()
      .update(paperAccounts)
      .set({ snapshot: { version: 0 } })
      .where(eq(paperAccounts.accountId, id));
    await expect(open(id).load()).rejects.toMatchObject({ code: "STORED_DATA_INVALID", details: { accountId: id } });
  });

  test("[DB42] play money only: a live account cannot be a paper account, and a journal is never rewritten", async () => {
    const live = await seedAccount(db(), ids, { mode: "live" });
    const start = { seed: SEED, startingCash: CASH, createdAt: NOW };
    expect(
      await failureOf(accounts.insert(db(), { accountId: live.id, mode: "live", ...start }), classifyDriverError),
    ).toEqual({
      kind: "check",
      constraint: "paper_accounts_mode_check",
    });
    expect(
      await failureOf(accounts.insert(db(), { accountId: live.id, mode: "paper", ...start }), classifyDriverError),
    ).toEqual({
      kind: "foreign_key",
      constraint: "paper_accounts_account_fk",
    });
    const id = await seedPaperAccount(db(), ids);
    expect(await accounts.find(db(), id)).toEqual({ accountId: id, mode: "paper", ...start });
    expect(await accounts.find(db(), live.id)).toBeNull();
    expect(await failureOf(db().execute(sql`update paper_events set event = '{}'`), classifyDriverError)).toEqual({
      kind: "guard",
      constraint: "paper_events_never_rewritten",
    });
  });
});

async function seedPaperAccount(db: Db, ids: (prefix: string) => string): Promise<AccountId> {
  const account = await seedAccount(db, ids);
  await accounts.insert(db, {
    accountId: account.id,
    mode: account.mode,
    seed: SEED,
    startingCash: CASH,
    createdAt: NOW,
  });
  return account.id;
}
