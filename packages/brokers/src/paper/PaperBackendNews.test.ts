import { describe, expect, it } from "vitest";
import type { CorporateAction } from "../domain/CorporateAction.ts";
import type { OrderUpdateEvent } from "../domain/order.ts";
import type { TradingStatus } from "../domain/tradingStatus.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { paperDesk } from "../testing/paperDesk.ts";

type Desk = ReturnType<typeof paperDesk>;

const setStatus = ({ feed, clock }: Desk, status: TradingStatus, symbol = "AAPL"): void =>
  feed.tell({ kind: "status", status: { symbol, status, at: clock.now(), reason: "news pending" } });
const split = ({ clock }: Desk, actionId = "split-1"): CorporateAction => ({
  type: "split",
  actionId,
  symbol: "AAPL",
  at: clock.now(),
  newShares: 2,
  oldShares: 1,
  cashInLieuPrice: null,
});
const held = async ({ client }: Desk): Promise<readonly string[]> =>
  (await client.getPositions()).map(({ symbol, quantity }) => `${symbol} ${quantity}`);

async function holding(quantity: number, desk: Desk): Promise<void> {
  await desk.client.connect();
  await desk.client.placeOrder(marketOrder("AAPL", "buy", quantity));
}

describe("the paper backend and the market's news", () => {
  it("[PB11] a halt is durable, shown by the price, and kept over a restart; its end too", async () => {
    await using desk = paperDesk();
    desk.feed.print("AAPL", 100.01);
    await desk.client.connect();
    const prices: (string | undefined)[] = [];
    await desk.client.subscribeToMarketData("AAPL", ({ halt }) => prices.push(halt?.status));
    await desk.clock.advance(10);
    setStatus(desk, "halted");
    await desk.clock.advance(10);
    expect(prices).toEqual([undefined, "halted"]);
    const { orderId } = await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    desk.feed.quote("AAPL", 100, 100.02);
    const [waiting] = await desk.client.getOpenOrders();
    expect(waiting).toMatchObject({ orderId, status: "submitted", why: { rule: "PX96" } });

    await desk.client.disconnect();
    await desk.client.connect();
    expect(await desk.client.getOpenOrders()).toMatchObject([{ orderId, why: { rule: "PX96" } }]);

    // Trading resumed while nobody listened.
    await desk.client.disconnect();
    setStatus(desk, "resumed");
    await desk.client.connect();
    desk.feed.print("AAPL", 100.01);
    desk.feed.quote("AAPL", 100, 100.02);
    expect(await desk.client.getOrderStatus(orderId)).toBe("filled");
  });

  it("[PB11] a symbol that was halted while nobody listened is halted for an account that connects", async () => {
    await using desk = paperDesk();
    desk.feed.print("AAPL", 100.01);
    setStatus(desk, "paused");
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder(marketOrder("AAPL", "buy", 10));
    expect(await desk.client.getOpenOrders()).toMatchObject([{ orderId, why: { rule: "PX96" } }]);
  });

  it("[PB11] an official price fills the orders that wait for it", async () => {
    await using desk = paperDesk({}, { alwaysOpen: false });
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder({ ...marketOrder("AAPL", "buy", 10), timeInForce: "cls" });
    expect(await desk.client.getOpenOrders()).toMatchObject([{ orderId, why: { rule: "PX93" } }]);
    const at = desk.clock.now();
    desk.feed.tell({ kind: "auction", auction: { symbol: "AAPL", kind: "close", price: 100.01, size: 1_000, at } });
    expect(await desk.client.getFills(0)).toMatchObject([{ orderId, price: "100.01", why: { rule: "PX93" } }]);
  });

  it("[PX90] at all hours there is no auction to wait for, and the refusal says so", async () => {
    await using desk = paperDesk();
    await desk.client.connect();
    for (const timeInForce of ["opg", "cls"] as const) {
      const { issues } = await desk.client.validateOrder({ ...limitOrder("AAPL", "buy", 10, 99), timeInForce });
      expect(issues).toMatchObject([{ code: "NOT_SUPPORTED" }]);
      expect(issues[0]?.message).toContain("tick at all hours, so the market has no opening and no closing");
    }
  });

  it("[PX22] [PB11] a quote of a session that ended is not one of now for an account that connects", async () => {
    await using desk = paperDesk({}, { alwaysOpen: false });
    const close = Date.parse("2026-11-20T16:00:00-05:00");
    desk.clock.setWallTime(close - 1_000);
    desk.feed.quote("MSFT", 200, 200.05);
    desk.clock.setWallTime(close + 1_000);
    // The first to be told, did the ticks not come in the order of their time.
    desk.feed.quote("AAPL", 100, 100.02);
    await desk.client.connect();
    const order = { ...limitOrder("MSFT", "buy", 1, "200.05"), extendedHours: true };
    const { orderId } = await desk.client.placeOrder(order);
    expect(await desk.client.getOpenOrders()).toMatchObject([{ orderId, why: { rule: "PX22" } }]);
    // The same quote again is not one of this session either; another one is.
    desk.feed.quote("MSFT", 200, 200.05);
    expect(await desk.client.getOrderStatus(orderId)).toBe("submitted");
    desk.feed.quote("MSFT", 200, 200.05, 900);
    expect(await desk.client.getOrderStatus(orderId)).toBe("filled");
  });

  it("[PB12] a split changes the holding and tells what became of each open order, with the reason", async () => {
    await using desk = paperDesk();
    await holding(10, desk);
    const resting = await desk.client.placeOrder(limitOrder("AAPL", "buy", 10, 90));
    const told: OrderUpdateEvent[] = [];
    await desk.client.subscribeToOrderUpdates((event) => told.push(event));
    desk.feed.tell({ kind: "corporate_action", action: split(desk) });
    expect(await held(desk)).toEqual(["AAPL 20"]);
    expect(told).toMatchObject([
      { order: { orderId: resting.orderId, quantity: "20", price: "45", why: { rule: "PX232" } } },
    ]);
    // A price of before it would be twice what the shares are worth.
    await expect(desk.client.getMarketData("AAPL")).rejects.toMatchObject({ code: "NO_MARKET_DATA" });
    desk.feed.quote("AAPL", 50, 50.02);
    // 10 at 100.02 are 20 at 50.01, the middle.
    expect((await desk.client.getBalances()).unrealizedPnl).toBe("0");
  });

  it("[PB12] what was missed is made up for on connecting, once", async () => {
    await using desk = paperDesk();
    await holding(10, desk);
    await desk.client.disconnect();
    await desk.clock.advance(100_000);
    const action = split(desk);
    desk.feed.tell({ kind: "corporate_action", action });
    await desk.clock.advance(100_000);
    desk.feed.quote("AAPL", 50, 50.02);
    await desk.client.connect();
    expect(await held(desk)).toEqual(["AAPL 20"]);
    await desk.client.disconnect();
    await desk.client.connect();
    expect(await held(desk)).toEqual(["AAPL 20"]);
    const { events } = await desk.store.load();
    expect(events.filter(({ type }) => type === "split_applied")).toHaveLength(1);
    expect(events.filter(({ type }) => type === "corporate_action_rejected")).toEqual([]);
  });

  it("[PB14] what was made up for on connecting is told to who subscribes then, and has the same id ever after", async () => {
    await using desk = paperDesk();
    await holding(10, desk);
    await desk.client.disconnect();
    await desk.clock.advance(100_000);
    desk.feed.tell({ kind: "corporate_action", action: split(desk) });
    desk.feed.quote("AAPL", 50, 50.02);
    const ids: string[] = [];
    for (let time = 1; time <= 2; time += 1) {
      await desk.client.connect();
      await desk.client.subscribeToAccountEvents(0, ({ kind, id }) => ids.push(`${kind} ${id}`));
      expect(ids).toHaveLength(time);
      await desk.client.disconnect();
    }
    expect(new Set(ids)).toEqual(new Set([expect.stringMatching(/^split E1-\d+$/)]));
  });

  it("[PB14] nobody hears of what the store did not take; it is told when it is durable", async () => {
    await using desk = paperDesk();
    await holding(10, desk);
    const told: string[] = [];
    await desk.client.subscribeToAccountEvents(0, ({ kind }) => told.push(kind));
    await desk.clock.advance(10);
    desk.store.failNext("before");
    desk.feed.tell({ kind: "corporate_action", action: split(desk) });
    await desk.clock.advance(10);
    expect(told).toEqual([]);
    desk.feed.quote("AAPL", 50, 50.02);
    await desk.client.connect();
    expect(told).toEqual(["split"]);
  });

  it("[PB12] an action that the store lost with the process is applied again on connecting", async () => {
    await using desk = paperDesk();
    await holding(10, desk);
    await desk.clock.advance(10);
    desk.store.failNext("before");
    desk.feed.tell({ kind: "corporate_action", action: split(desk) });
    await desk.clock.advance(10);
    desk.feed.quote("AAPL", 50, 50.02);
    await desk.client.connect();
    expect(await held(desk)).toEqual(["AAPL 20"]);
  });

  it("[PB12] nothing that was before it touches a new account, nor shares that were bought since", async () => {
    await using desk = paperDesk();
    desk.feed.tell({ kind: "corporate_action", action: split(desk) });
    desk.feed.quote("AAPL", 50, 50.02);
    await desk.clock.advance(1_000);
    await holding(10, desk);
    await desk.client.disconnect();
    await desk.client.connect();
    expect(await held(desk)).toEqual(["AAPL 10"]);
    expect((await desk.store.load()).events.filter(({ type }) => type === "split_applied")).toEqual([]);
  });

  it("[PB12] a dividend counts on its ex-date and is paid on its pay date", async () => {
    await using desk = paperDesk();
    await holding(10, desk);
    const at = desk.clock.now();
    desk.feed.tell({
      kind: "corporate_action",
      action: {
        type: "cash_dividend",
        actionId: "d-1",
        symbol: "AAPL",
        at,
        amountPerShare: "0.5",
        payAt: at + 60_000,
      },
    });
    const { cash } = await desk.client.getBalances();
    expect(await desk.client.getBalances()).toMatchObject({ dividends: "5", accruedDividends: "5" });
    await desk.clock.advance(61_000);
    expect(await desk.client.getBalances()).toMatchObject({
      dividends: "5",
      accruedDividends: "0",
      cash: String(Number(cash) + 5),
    });
  });
});
