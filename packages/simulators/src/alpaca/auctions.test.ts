import { SyntheticFeed } from "@trenddojo/brokers";
import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { placeOrder } from "./account/placeOrders.ts";
import { readOrderTicket } from "./account/readOrderTicket.ts";
import { startAlpacaSimulator } from "./startAlpacaSimulator.ts";
import { Bench, KEY, SECRET } from "./testing/Bench.ts";

const HOUR_MS = 3_600_000;

describe("auctions", () => {
  const at = (utc: string): number => Date.parse(`2026-11-${utc}Z`);
  const order = { type: "limit", limit_price: "101" };
  it.each([
    ["opg", "20T14:27:59", 200],
    ["opg", "20T14:28:00", 422],
    ["opg", "20T23:59:00", 422],
    ["opg", "21T00:00:00", 200],
    ["cls", "20T20:49:00", 200],
    ["cls", "20T20:50:00", 422],
    ["cls", "20T23:59:00", 422],
    ["cls", "21T00:00:00", 200],
    // A short day closes at 13:00; on a Saturday both wait for Monday.
    ["cls", "27T17:49:00", 200],
    ["cls", "27T17:51:00", 422],
    ["opg", "21T17:00:00", 200],
  ])("[AS107] an order %s given at %s UTC answers %i", async (tif, utc, status) => {
    await using bench = await Bench.open({ startAt: at(utc) });
    expect((await bench.order({ ...order, time_in_force: tif })).status).toBe(status);
  });

  it("[AS107] goes by the exchange's own cutoffs where it is told to", async () => {
    await using bench = await Bench.open({ quirks: { auctionHours: "exchange" } });
    expect((await bench.order({ ...order, time_in_force: "opg" })).status).toBe(200);
  });

  it("[AS108] where the feed names no auctions, the session's first print opens and its last one closes", async () => {
    await using bench = await Bench.open({ startAt: at("20T14:20:00"), tendEveryMs: 60_000 });
    const { body: opening } = await bench.order({ ...order, time_in_force: "opg" });
    await bench.clock.advance(600_000);
    bench.feed.print("AAPL", 100.5, 1_000);
    expect(await bench.current(opening.id)).toMatchObject({ status: "filled", filled_avg_price: "100.5" });
  });

  it("[AS108] where it names them, orders trade at the official prices and at no other, and what is left is canceled", async () => {
    await using bench = await Bench.open({ startAt: at("20T14:20:00"), namesAuctions: true, tendEveryMs: 60_000 });
    const { clock } = bench;
    const { body: opening } = await bench.order({ ...order, time_in_force: "opg" });
    const { body: closing } = await bench.order({ ...order, time_in_force: "cls" });
    const { body: low } = await bench.order({ type: "limit", limit_price: "90", time_in_force: "opg" });
    await clock.advance(600_000);
    bench.feed.print("AAPL", 100.5, 1_000);
    expect((await bench.current(opening.id)).filled_qty).toBe("0");
    const auction = { symbol: "AAPL", size: 50_000 };
    bench.feed.tell({ kind: "auction", auction: { ...auction, kind: "open", price: 100.25, at: clock.now() } });
    expect(await bench.current(opening.id)).toMatchObject({ status: "filled", filled_avg_price: "100.25" });
    expect((await bench.current(low.id)).status).toBe("canceled");
    await clock.advance(6.5 * HOUR_MS + 30_000);
    expect((await bench.current(closing.id)).status).not.toBe("filled");
    bench.feed.tell({ kind: "auction", auction: { ...auction, kind: "close", price: 99.75, at: clock.now() } });
    expect(await bench.current(closing.id)).toMatchObject({ status: "filled", filled_avg_price: "99.75" });
  });

  it.each([
    ["opg", "20T14:26:00", "20T14:29:50"],
    ["cls", "20T20:48:00", "20T20:59:50"],
  ])(
    "[AS108] an order %s trades in the auction of invented prices that keep the exchange's hours",
    async (tif, given, before) => {
      const clock = new FakeClock(at(given));
      const feed = new SyntheticFeed({ clock, hours: "exchange" });
      const auctions: number[] = [];
      feed.subscribeNews((news) => {
        if (news.kind === "auction" && news.auction.symbol === "AAPL") auctions.push(news.auction.price);
      });
      const accounts = [{ key: KEY, secret: SECRET }];
      await using simulator = await startAlpacaSimulator({ clock, feed, accounts });
      const account = simulator.account(KEY);
      const body = { symbol: "AAPL", qty: "10", side: "buy", type: "market", time_in_force: tif };
      const { id } = placeOrder(account, readOrderTicket(body));
      clock.setWallTime(at(before));
      await clock.advance(30_000);
      const order = account.ledger.byId(id);
      expect(auctions).toHaveLength(1);
      expect([order?.status, Number(order?.filledValue) / 1e10]).toEqual(["filled", auctions[0]]);
    },
  );
});
