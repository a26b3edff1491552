import { TimeFrame, type Alpaca, type streaming } from "@alpacahq/alpaca-trade-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bench } from "./testing/Bench.ts";
import { sdkOf } from "./testing/sdkOf.ts";
import { until } from "./testing/until.ts";

describe("a session of Alpaca's own SDK", () => {
  let bench: Bench;
  let alpaca: Alpaca;
  beforeEach(async () => {
    bench = await Bench.open();
    alpaca = sdkOf(bench);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
  });

  it("[AS2] reads the account, what is traded, when, and the prices", async () => {
    const check = await alpaca.trading.validateConnection();
    expect(check.ok).toBe(true);
    const account = await alpaca.trading.account.getAccount();
    expect(account).toMatchObject({ status: "ACTIVE", cash: "100000", buyingPower: "400000" });
    const asset = await alpaca.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: "AAPL" });
    expect(asset).toMatchObject({ symbol: "AAPL", tradable: true, fractionable: true });
    const clock = await alpaca.trading.clock.legacyClock();
    expect(clock.isOpen).toBe(true);
    expect(clock.nextClose.toISOString()).toBe("2026-11-20T21:00:00.000Z");

    expect(await alpaca.marketData.getLatestPrice("AAPL", { feed: "iex" })).toBe(100.02);
    const quotes = await alpaca.marketData.stocks.stockLatestQuotes({ symbols: "AAPL,MSFT", feed: "iex" });
    expect(quotes.quotes["AAPL"]).toMatchObject({ bp: 100, ap: 100.02, bs: 1000, as: 1000 });
    const snapshots = await alpaca.marketData.stocks.stockSnapshots({ symbols: "TSLA", feed: "iex" });
    expect(Object.keys(snapshots)).toEqual(["TSLA"]);
    const bars = await alpaca.marketData.getStockBarsFor("AAPL", {
      timeframe: TimeFrame.Minute,
      start: new Date("2026-11-20T14:50:00Z"),
      feed: "iex",
    });
    expect(bars.length).toBe(11);
    expect(bars[0]).toMatchObject({ close: 100.02, timestamp: new Date("2026-11-20T14:50:00Z") });
  });

  it("[AS2] submits each type of order, replaces, cancels and closes", async () => {
    const { orders, positions } = alpaca.trading;
    const market = await orders.market({ symbol: "AAPL", qty: 10, side: "buy", clientOrderId: "sdk-1" });
    expect(market).toMatchObject({ status: "pending_new", clientOrderId: "sdk-1", qty: "10" });
    const filled = await orders.getOrderByClientOrderId({ clientOrderId: "sdk-1" });
    expect(filled).toMatchObject({ status: "filled", filledQty: "10", filledAvgPrice: "100.02" });
    const limit = await orders.limit({ symbol: "MSFT", qty: 1, side: "buy", limitPrice: 390 });
    const stop = await orders.stop({ symbol: "TSLA", qty: 1, side: "buy", stopPrice: 260 });
    const stopLimit = await orders.stopLimit({ symbol: "TSLA", qty: 1, side: "buy", stopPrice: 260, limitPrice: 261 });
    const trailing = await orders.trailingStop({
      symbol: "TSLA",
      qty: 1,
      side: "buy",
      trailPercent: 5,
      timeInForce: "gtc",
    });
    expect([limit, stop, stopLimit, trailing].map(({ type }) => type)).toEqual([
      "limit",
      "stop",
      "stop_limit",
      "trailing_stop",
    ]);
    expect((await orders.getOrderByOrderID({ orderId: trailing.id ?? "" })).hwm).toBe("250.05");
    const notional = await orders.market({ symbol: "AAPL", notional: 50, side: "buy" });
    expect(notional).toMatchObject({ notional: "50", qty: undefined });

    const bracket = await orders.bracket({
      symbol: "MSFT",
      qty: 2,
      side: "buy",
      limitPrice: 395,
      takeProfit: { limitPrice: 420 },
      stopLoss: { stopPrice: 380 },
    });
    expect(bracket.legs?.map(({ status, type }) => [status, type])).toEqual([
      ["held", "limit"],
      ["held", "stop"],
    ]);
    const oto = await orders.oto({
      symbol: "MSFT",
      qty: 1,
      side: "buy",
      stopLoss: { stopPrice: 380 },
    });
    expect(oto.orderClass).toBe("oto");
    const oco = await orders.oco({
      symbol: "AAPL",
      qty: 10,
      side: "sell",
      takeProfit: { limitPrice: 110 },
      stopLoss: { stopPrice: 90 },
    });
    expect(oco).toMatchObject({ orderClass: "oco", limitPrice: "110" });

    const replaced = await orders.patchOrderByOrderId({
      orderId: limit.id ?? "",
      patchOrderRequest: { qty: "3", limitPrice: "391" },
    });
    expect(replaced).toMatchObject({ replaces: limit.id, qty: "3", limitPrice: "391" });
    expect((await orders.getOrderByOrderID({ orderId: limit.id ?? "" })).replacedBy).toBe(replaced.id);
    await orders.deleteOrderByOrderID({ orderId: stop.id ?? "" });
    expect((await orders.getOrderByOrderID({ orderId: stop.id ?? "" })).status).toBe("canceled");
    await expect(orders.deleteOrderByOrderID({ orderId: stop.id ?? "" })).rejects.toMatchObject({
      status: 422,
      code: 42210000,
      message: expect.stringContaining("canceled"),
    });
    const open = await orders.getAllOrders({ status: "open", nested: true });
    expect(open.every(({ status }) => status !== "held")).toBe(true);

    expect((await positions.getAllOpenPositions()).map(({ symbol }) => symbol)).toEqual(["AAPL", "MSFT"]);
    expect((await positions.getOpenPosition({ symbolOrAssetId: "AAPL" })).qtyAvailable).toBe("0.499900019");
    const canceled = await orders.deleteAllOrders();
    expect(canceled.length).toBeGreaterThan(4);
    const closed = await alpaca.trading.closeAllPositions({ cancelOrders: true });
    expect(closed.map(({ symbol, status }) => [symbol, status])).toEqual([
      ["AAPL", 200],
      ["MSFT", 200],
    ]);
    expect(await positions.getAllOpenPositions()).toEqual([]);

    const fills: unknown[] = [];
    for await (const activity of alpaca.trading.iterateActivities({ activityTypes: ["FILL"] })) fills.push(activity);
    expect(fills.length).toBeGreaterThanOrEqual(5);
    const history = await alpaca.trading.portfolioHistory.getAccountPortfolioHistory({ period: "1D" });
    expect(history.equity[0]).toBeCloseTo(100_000, 0);
  });

  it("[AS2] hears of its orders on the trading stream", async () => {
    const stream = alpaca.trading.stream({ url: bench.simulator.endpoints.tradingStream, reconnect: false });
    const updates: streaming.TradeUpdate[] = [];
    stream.onTradeUpdate((update) => updates.push(update));
    let isListening = false;
    stream.on("subscription", () => (isListening = true));
    stream.onConnect(() => stream.subscribeTradeUpdates());
    stream.connect();
    await until(() => isListening);
    await alpaca.trading.orders.market({ symbol: "AAPL", qty: 5, side: "buy", clientOrderId: "sdk-2" });
    await until(() => updates.length === 2);
    expect(updates.map(({ event }) => event)).toEqual(["new", "fill"]);
    expect(updates[1]).toMatchObject({ price: "100.02", qty: "5", positionQty: "5" });
    const done = await alpaca.trading.submitAndWait(
      { type: "market", symbol: "AAPL", qty: 5, side: "sell" },
      { stream, timeoutMs: 5_000 },
    );
    expect(done.status).toBe("filled");
    stream.disconnect();
  });

  it("[AS2] hears prices on the market-data stream, in msgpack with nanoseconds", async () => {
    const stream = alpaca.marketData.stockStream({ url: bench.simulator.endpoints.dataStream, reconnect: false });
    const quotes: streaming.StreamQuote[] = [];
    const trades: streaming.StreamTrade[] = [];
    const bars: streaming.StreamBar[] = [];
    stream.onQuote((quote) => quotes.push(quote));
    stream.onTrade((trade) => trades.push(trade));
    stream.onBar((bar) => bars.push(bar));
    let subscribed = 0;
    stream.on("subscription", () => (subscribed += 1));
    stream.onConnect(() => {
      stream.subscribeForQuotes(["AAPL"]);
      stream.subscribeForTrades(["AAPL"]);
      stream.subscribeForBars(["AAPL"]);
    });
    stream.connect();
    await until(() => subscribed >= 3);
    bench.feed.quote("AAPL", 100.01, 100.03, 300);
    bench.feed.quote("MSFT", 401, 401.1);
    bench.feed.print("AAPL", 100.03, 25);
    await until(() => quotes.length === 1 && trades.length === 1);
    expect(quotes[0]).toMatchObject({ symbol: "AAPL", bidPrice: 100.01, askPrice: 100.03, bidSize: 300 });
    expect(trades[0]).toMatchObject({ symbol: "AAPL", price: 100.03, size: 25, conditions: ["@", "I"] });
    expect(trades[0]?.timestampRaw).toMatch(/^2026-11-20T15:00:00\.000\d{6}Z$/);
    await bench.clock.advance(61_000);
    await until(() => bars.length === 1);
    expect(bars[0]).toMatchObject({ symbol: "AAPL", close: 100.03 });
    stream.disconnect();
  });
});
