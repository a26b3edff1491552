import { SystemRandom } from "@trenddojo/brokers";
import {
  executionId,
  money,
  orderId,
  price,
  quantity,
  venueOrderId,
  clientOrderId,
  type AccountEvent,
  type Position,
} from "@trenddojo/brokers/domain";
import { alerts, drifts, type Db } from "@trenddojo/db";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IdMaker } from "../lib/IdMaker.ts";
import { applyFill } from "../orders/applyFill.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { DriftLedger } from "./DriftLedger.ts";
import type { Gap } from "./Gap.ts";
import { Holdings } from "./Holdings.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let holdings: Holdings;
beforeEach(async () => {
  kit = await createJournalKit("paper");
  holdings = fresh();
});
afterEach(() => kit.close());

/** As a new process has it. */
function fresh(): Holdings {
  const { account, db, clock } = kit;
  const ids = new IdMaker(clock, new SystemRandom());
  const ledger = new DriftLedger({ account, db, clock, ids, bus: new InProcessTickBus() });
  return new Holdings({ account, db, ledger });
}

const position = (symbol: string, shares: string): Position => ({
  symbol,
  quantity: quantity(shares),
  averagePrice: price("10"),
  marketPrice: null,
  marketValue: null,
  unrealizedPnl: null,
  realizedPnl: money("0"),
  markedAt: null,
});

/** The broker says that it holds these. @returns whether to look again soon */
async function told(
  shares: Readonly<Record<string, string>>,
  cash = "100000",
  gap: Gap | null = null,
): Promise<boolean> {
  await kit.clock.advance(1);
  const positions = Object.entries(shares).map(([symbol, each]) => position(symbol, each));
  const askedAt = kit.clock.now();
  return holdings.compare({ positions, balances: { cash: money(cash) }, tellsCash: true, gap, askedAt });
}

const open = () => drifts.listOpen(kit.db, kit.account.id);

/** An order of ours that bought `shares` AAPL at 10. */
async function buy(name: string, shares: string): Promise<void> {
  await kit.send([kit.intent(name)]);
  const fill = {
    executionId: executionId(`${name}-e1`),
    orderId: venueOrderId(`v-${name}`),
    clientOrderId: clientOrderId(`tdP-${name}`),
    symbol: "AAPL",
    side: "buy",
    quantity: quantity(shares),
    price: price("10"),
    fees: money("1"),
    filledAt: 2,
    reason: null,
  } as const;
  await applyFill(orderId(name), fill, { journal: kit.journal, id: `fill-${name}`, now: kit.clock.now() });
  holdings.moved();
}

/** The database, noting each time that shares or cash are added up. */
function countingSums(db: Db, asked: string[]): Db {
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...given: readonly unknown[]): unknown => {
        const fields = name === "select" ? Object.keys(Object(given[0])) : [];
        asked.push(...fields.filter((field) => field === "shares" || field === "cash"));
        return Reflect.apply(value, target, given);
      };
    },
  });
}

const SPLIT: AccountEvent = {
  id: "E1",
  kind: "split",
  symbol: "AAPL",
  at: 1,
  newShares: 2,
  oldShares: 1,
  quantityBefore: quantity("100"),
  quantityAfter: quantity("200"),
  cashInLieu: money("0"),
  message: "AAPL split 2 for 1.",
};

describe("what an account holds", () => {
  it("[SV105] what is there at first is agreed, and so is what the desk's executions change of it", async () => {
    expect(await told({ AAPL: "30", MSFT: "-5" })).toBe(false);
    await buy("a", "100");
    expect(await told({ AAPL: "130", MSFT: "-5" }, "98999")).toBe(false);
    holdings = fresh();
    expect(await told({ AAPL: "130", MSFT: "-5" }, "98999", { what: "desk_down", from: 1, to: 2 })).toBe(false);
    expect(await open()).toEqual([]);
  });

  it("[SV105] executions are added up once, and again where one may have come", async () => {
    const asked: string[] = [];
    const { account, clock } = kit;
    const db = countingSums(kit.db, asked);
    const ledger = new DriftLedger({
      account,
      db,
      clock,
      ids: new IdMaker(clock, new SystemRandom()),
      bus: new InProcessTickBus(),
    });
    holdings = new Holdings({ account, db, ledger });
    await told({});
    await buy("a", "100");
    for (let look = 0; look < 3; look += 1) expect(await told({ AAPL: "100" }, "98999")).toBe(false);
    expect(asked).toHaveLength(4);
    await buy("b", "10");
    expect(await told({ AAPL: "110" }, "98898")).toBe(false);
    expect(asked).toHaveLength(6);
  });

  it("[SV106] shares that moved by nobody here are told at the second look, once, and end with the broker's word", async () => {
    await told({});
    await buy("a", "100");
    expect(await told({ AAPL: "150" }, "98999")).toBe(true);
    expect(await open()).toEqual([]);
    expect(await told({ AAPL: "150" }, "98999")).toBe(false);
    await told({ AAPL: "150" }, "98999");
    expect(await open()).toMatchObject([
      {
        kind: "position",
        subject: "AAPL",
        here: "100 shares",
        there: "150 shares",
        action: "asked",
        timesSeen: 2,
        cause: expect.stringContaining("traded elsewhere, or moved by the broker"),
      },
    ]);
    const listed = () => alerts.page(kit.db, { userId: kit.account.userId, filter: "open", limit: 10 });
    expect((await listed()).alerts).toMatchObject([{ kind: "drift", message: expect.stringContaining("150 shares") }]);
    await told({ AAPL: "100" }, "98999");
    expect(await open()).toEqual([]);
    expect((await listed()).alerts).toEqual([]);
    await told({ AAPL: "100" }, "98999");
    expect(await open()).toEqual([]);
  });

  it("[SV106] what is counted before its execution is told is no difference", async () => {
    await told({});
    expect(await told({ AAPL: "100" }, "98999")).toBe(true);
    await buy("a", "100");
    expect(await told({ AAPL: "100" }, "98999")).toBe(false);
    expect(await open()).toEqual([]);
  });

  it("[SV106] moved while the desk was down, it names that; what a person settles is agreed from then on", async () => {
    await told({ AAPL: "10" });
    holdings = fresh();
    await told({ AAPL: "20" }, "100000", { what: "desk_down", from: 1, to: 2 });
    await told({ AAPL: "20" });
    const [row] = await open();
    expect(row).toMatchObject({
      here: "10 shares",
      there: "20 shares",
      cause: expect.stringContaining("The desk was down"),
    });
    const settled = { at: kit.clock.now(), by: kit.account.userId, note: "bought by telephone" };
    await kit.db.transaction((tx) => drifts.resolve(tx, { id: row?.id ?? "" }, settled));
    holdings = fresh();
    expect(await told({ AAPL: "20" })).toBe(false);
    expect(await told({ AAPL: "10" })).toBe(true);
  });

  it("[SV107] a split, a new symbol, a dividend and a fee explain what they change, at once and after a restart", async () => {
    await told({});
    await buy("a", "100");
    const book = (event: AccountEvent) => kit.db.transaction((tx) => holdings.book(tx, event));
    await book(SPLIT);
    expect(await told({ AAPL: "200" }, "98999")).toBe(false);
    const event = { id: "E2", at: 1, symbol: "AAPL", message: "x" } as const;
    await book({ ...event, kind: "symbol_changed", newSymbol: "APPL", quantity: quantity("200") });
    await book({ ...event, kind: "dividend_paid", amount: money("50") });
    await book({
      ...event,
      kind: "borrow_fee",
      quantity: quantity("-1"),
      price: price("1"),
      annualRate: "0.1",
      days: 1,
      amount: money("20"),
    });
    expect(await told({ APPL: "200" }, "99029")).toBe(false);
    holdings = fresh();
    expect(await told({ APPL: "200" }, "99029")).toBe(false);
    expect(await open()).toEqual([]);
  });

  it("[SV107] cash that moved by nobody here is told; cents are not, nor is cash where its broker tells no fees", async () => {
    await told({});
    expect(await told({}, "100000.99")).toBe(false);
    expect(await told({}, "100250")).toBe(true);
    await told({}, "100250");
    expect(await open()).toMatchObject([{ kind: "cash", here: "100000.00 USD", there: "100250.00 USD" }]);
    const balances = { cash: money("7") };
    const remote = { positions: [], balances, tellsCash: false, gap: null, askedAt: kit.clock.now() };
    expect(await holdings.compare(remote)).toBe(false);
    expect((await open())[0]).toMatchObject({ there: "100250.00 USD", timesSeen: 1 });
  });
});
