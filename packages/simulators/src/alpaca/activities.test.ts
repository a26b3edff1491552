import { FakeClock, ManualFeed } from "@trenddojo/brokers/testing";
import type { CorporateAction } from "@trenddojo/brokers/domain";
import { describe, expect, it } from "vitest";
import type { AccountStore } from "../AccountStore.ts";
import { startAlpacaSimulator } from "./startAlpacaSimulator.ts";
import { Bench, KEY, SECRET } from "./testing/Bench.ts";
import { SCHEMA_GAPS } from "./testing/documentedGaps.ts";
import { OpenApiDocument } from "./testing/OpenApiDocument.ts";

const document = new OpenApiDocument("trading-api");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From ten in the morning to the first second of 01:00 UTC on the day after. */
const TO_NEXT_DAY_MS = 10 * HOUR_MS + 1_000;

type Row = Readonly<Record<string, string>>;

async function rowsOf(bench: Bench, query = ""): Promise<readonly Row[]> {
  return (await bench.get<readonly Row[]>(`/v2/account/activities?direction=asc&category=non_trade_activity${query}`))
    .body;
}

/** Each row's own part: ids, moments and what all have alike left out. */
function essence(rows: readonly Row[]): readonly object[] {
  return rows.map(
    ({ id: _id, created_at: _at, currency: _currency, status: _status, group_id: _group, ...rest }) => rest,
  );
}

type Terms<Action> = Action extends CorporateAction ? Omit<Action, "actionId" | "symbol" | "at"> : never;

/** The issuer of AAPL acts. */
function act(bench: Bench, terms: Terms<CorporateAction>): void {
  const action = { actionId: `${terms.type}-1`, symbol: "AAPL", at: bench.clock.now(), ...terms };
  bench.feed.tell({ kind: "corporate_action", action });
}

const open = (options: Parameters<typeof Bench.open>[0] = {}): Promise<Bench> =>
  Bench.open({ tendEveryMs: 600_000, ...options });

describe("activities beside fills", () => {
  it("[AS110] a split takes the old shares out and puts the new ones in, on the day after; held shares change at once", async () => {
    await using bench = await open();
    await bench.order({ qty: "10" });
    act(bench, { type: "split", newShares: 4, oldShares: 1, cashInLieuPrice: null });
    expect((await bench.get<Row>("/v2/positions/AAPL")).body).toMatchObject({ qty: "40" });
    expect(await rowsOf(bench)).toEqual([]);
    await bench.clock.advance(TO_NEXT_DAY_MS - 2_000);
    expect(await rowsOf(bench)).toEqual([]);
    await bench.clock.advance(2_000);
    const rows = await rowsOf(bench);
    const split = {
      activity_type: "SPLIT",
      activity_sub_type: "FSPLIT",
      date: "2026-11-20",
      net_amount: "0",
      symbol: "AAPL",
    };
    expect(essence(rows)).toEqual([
      { ...split, qty: "-10" },
      { ...split, qty: "40" },
    ]);
    expect(rows.map(({ created_at }) => created_at)).toEqual(["2026-11-21T01:00:00Z", "2026-11-21T01:00:00.000001Z"]);
    expect(new Set(rows.map(({ group_id }) => group_id)).size).toBe(1);
    expect(rows[0]?.["id"]).toMatch(/^20261120000000000::[0-9a-f-]{36}$/);
  });

  it("[AS110] a reverse split pays for the fraction in a row of its own", async () => {
    await using bench = await open({ notFractionable: ["AAPL"], quirks: { activityDelay: "none" } });
    await bench.order({ qty: "25" });
    act(bench, { type: "split", newShares: 1, oldShares: 10, cashInLieuPrice: "1000" });
    const rows = essence(await rowsOf(bench));
    expect(rows).toMatchObject([
      { activity_sub_type: "RSPLIT", qty: "-25", net_amount: "0" },
      { activity_sub_type: "RSPLIT", qty: "2", net_amount: "0" },
      { activity_sub_type: "RSPLIT", qty: "0", net_amount: "500" },
    ]);
  });

  it.each([
    ["held", "buy", "CDIV", "10", "2.5"],
    ["short", "sell", "SPD", "-10", "-2.5"],
  ])("[AS111] a dividend on shares that are %s is booked after it was paid", async (_, side, subType, qty, amount) => {
    await using bench = await open();
    await bench.order({ qty: "10", side });
    const cash = async (): Promise<number> => Number((await bench.get<Row>("/v2/account")).body["cash"]);
    const before = await cash();
    act(bench, { type: "cash_dividend", amountPerShare: "0.25", payAt: bench.clock.now() + 3 * DAY_MS });
    await bench.clock.advance(2 * DAY_MS);
    expect((await rowsOf(bench)).filter(({ activity_type }) => activity_type === "DIV")).toEqual([]);
    await bench.clock.advance(DAY_MS + TO_NEXT_DAY_MS);
    expect((await cash()) - before).toBeCloseTo(Number(amount), 0);
    const dividend = { activity_type: "DIV", activity_sub_type: subType, date: "2026-11-23", net_amount: amount };
    expect(
      essence(await rowsOf(bench, "").then((rows) => rows.filter(({ activity_type }) => activity_type === "DIV"))),
    ).toEqual([{ ...dividend, symbol: "AAPL", qty, per_share_amount: "0.25" }]);
  });

  it("[AS112] a new name takes the shares out under the old one and puts them in under the new one", async () => {
    await using bench = await open({ quirks: { activityDelay: "none" } });
    await bench.order({ qty: "10" });
    act(bench, { type: "symbol_change", newSymbol: "TSLA" });
    const change = { activity_type: "NC", activity_sub_type: "SNC", date: "2026-11-20", net_amount: "0" };
    expect(essence(await rowsOf(bench))).toEqual([
      { ...change, symbol: "AAPL", qty: "-10" },
      { ...change, symbol: "TSLA", qty: "10" },
    ]);
  });

  it("[AS113] fees on trades are booked once a day of each kind, those for borrowed shares each night", async () => {
    await using bench = await open({ quirks: { regulatoryFees: true, sizes: "displayed" } });
    await bench.order({ qty: "100" });
    await bench.order({ qty: "60", side: "sell" });
    await bench.order({ qty: "40", side: "sell" });
    await bench.order({ symbol: "MSFT", qty: "100", side: "sell" });
    await bench.clock.advance(TO_NEXT_DAY_MS);
    const fee = { activity_type: "FEE", date: "2026-11-20" };
    const [regulator, trading, ...others] = essence(await rowsOf(bench));
    expect([regulator, trading]).toMatchObject([
      { ...fee, activity_sub_type: "REG" },
      { ...fee, activity_sub_type: "TAF", net_amount: "-0.05" },
    ]);
    expect(others).toEqual([]);
    const paid = bench.simulator.account(KEY).bookings.all.reduce((sum, { netAmount }) => sum + netAmount, 0n);
    const spent = 100 * 100.02 - 100 * 100 - 100 * 400;
    expect(Number((await bench.get<Row>("/v2/account")).body["cash"])).toBeCloseTo(
      100_000 - spent + Number(paid) / 1e9,
      2,
    );
    await bench.clock.advance(DAY_MS);
    const borrow = (await rowsOf(bench)).filter(({ activity_sub_type }) => activity_sub_type === undefined);
    expect(essence(borrow)).toMatchObject([
      { activity_type: "FEE", symbol: "MSFT", net_amount: expect.stringMatching(/^-/) },
    ]);
  });

  it("[AS114] what an issuer does is nothing to an account that holds none of its shares", async () => {
    await using bench = await open({ quirks: { activityDelay: "none" } });
    act(bench, { type: "split", newShares: 4, oldShares: 1, cashInLieuPrice: null });
    act(bench, { type: "cash_dividend", amountPerShare: "0.25", payAt: bench.clock.now() });
    act(bench, { type: "symbol_change", newSymbol: "TSLA" });
    expect(await rowsOf(bench)).toEqual([]);
  });

  it("[AS1] [AS110] each kind is as the document's schema says", async () => {
    await using bench = await open({ quirks: { activityDelay: "none", regulatoryFees: true } });
    await bench.order({ qty: "10" });
    await bench.order({ qty: "5", side: "sell" });
    act(bench, { type: "cash_dividend", amountPerShare: "0.25", payAt: bench.clock.now() });
    act(bench, { type: "split", newShares: 4, oldShares: 1, cashInLieuPrice: null });
    act(bench, { type: "symbol_change", newSymbol: "TSLA" });
    const rows = await rowsOf(bench);
    expect(new Set(rows.map(({ activity_type }) => activity_type))).toEqual(new Set(["DIV", "FEE", "NC", "SPLIT"]));
    for (const row of rows) {
      const { errors, unknownFields } = document.conformity("NonTradeActivities", row);
      expect(errors.filter((error) => !(`NonTradeActivities ${error}` in SCHEMA_GAPS))).toEqual([]);
      expect(unknownFields).toEqual([]);
    }
  });

  it("[AS19] pages and filters go over fills and bookings alike, in the order in which they were made", async () => {
    await using bench = await open({ quirks: { activityDelay: "none" } });
    await bench.order({ qty: "10" });
    await bench.clock.advance(60_000);
    act(bench, { type: "split", newShares: 4, oldShares: 1, cashInLieuPrice: null });
    act(bench, { type: "cash_dividend", amountPerShare: "0.25", payAt: bench.clock.now() });
    await bench.clock.advance(60_000);
    await bench.order({ symbol: "MSFT" });
    const get = async (query: string): Promise<readonly Row[]> =>
      (await bench.get<readonly Row[]>(`/v2/account/activities${query}`)).body;
    const types = async (query: string): Promise<string> =>
      (await get(query)).map(({ activity_type }) => activity_type).join(" ");
    expect(await types("?direction=asc")).toBe("FILL SPLIT SPLIT DIV FILL");
    expect(await types("")).toBe("FILL DIV SPLIT SPLIT FILL");
    expect(await types("?category=trade_activity")).toBe("FILL FILL");
    expect(await types("/DIV")).toBe("DIV");
    expect(await types("?activity_types=DIV,FILL&direction=asc")).toBe("FILL DIV FILL");
    expect(await types("?activity_types=MISC")).toBe("SPLIT SPLIT");
    expect(await types("?activity_types=TRANS")).toBe("");
    expect(await types("?direction=asc&after=2026-11-20T15:00:30Z&until=2026-11-20T15:01:30Z")).toBe("SPLIT SPLIT DIV");
    expect(await types("?date=2026-11-19")).toBe("");
    const walked: Row[] = [];
    for (let token = ""; ;) {
      const page = await get(`?direction=asc&page_size=2${token}`);
      walked.push(...page);
      if (page.length < 2) break;
      token = `&page_token=${page[1]?.["id"]}`;
    }
    expect(walked).toEqual(await get("?direction=asc"));
    expect((await bench.get("/v2/account/activities?category=other")).status).toBe(400);
    expect((await bench.get("/v2/account/activities/DIV?category=trade_activity")).status).toBe(422);
  });
});

describe("activities of an account that is kept", () => {
  const texts = new Map<string, string>();
  const store: AccountStore = { load: (key) => texts.get(key) ?? null, save: (key, text) => void texts.set(key, text) };

  it("[AS84] are there in its next life, those to come too, and what issuers did meanwhile is made up for", async () => {
    const first = await open({ store });
    await first.order({ qty: "10" });
    act(first, { type: "split", newShares: 2, oldShares: 1, cashInLieuPrice: null });
    await first[Symbol.asyncDispose]();

    const clock = new FakeClock(Date.UTC(2026, 10, 23, 15));
    await using feed = new ManualFeed({ clock, alwaysOpen: false });
    const split = { type: "split", actionId: "meanwhile", symbol: "AAPL", newShares: 3, oldShares: 1 } as const;
    const at = Date.UTC(2026, 10, 23, 5);
    feed.tell({ kind: "corporate_action", action: { ...split, at, cashInLieuPrice: null } });
    await using second = await startAlpacaSimulator({ clock, feed, store, accounts: [{ key: KEY, secret: SECRET }] });
    const account = second.account(KEY);
    expect(account.position("AAPL")?.quantity).toBe("60");
    const quantities = (now: number): readonly (bigint | null)[] => account.bookings.madeBy(now).map(({ qty }) => qty);
    expect(quantities(account.now())).toEqual([-10_000_000_000n, 20_000_000_000n]);
    expect(quantities(account.now() + DAY_MS).slice(2)).toEqual([-20_000_000_000n, 60_000_000_000n]);
  });
});
