import { BarSizeSetting, ConnectionState, IBApiNext, WhatToShow } from "@stoqey/ib";
import { filter, firstValueFrom, map } from "rxjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../alpaca/testing/until.ts";
import { ACCOUNT, TwsBench } from "./testing/TwsBench.ts";
import { limit, order, stock } from "./testing/VendorClient.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe("the vendor's client, its reactive API", () => {
  let bench: TwsBench;
  let api: IBApiNext;
  beforeEach(async () => {
    bench = await TwsBench.open();
    api = new IBApiNext({ host: "127.0.0.1", port: bench.simulator.port, maxReqPerSec: 1_000, logger: quiet });
    api.connect(3);
    await firstValueFrom(api.connectionState.pipe(filter((state) => state === ConnectionState.Connected)));
  });
  afterEach(async () => {
    api.disconnect();
    await bench[Symbol.asyncDispose]();
  });

  it("[TW43] runs a whole session: accounts, contracts, quotes, orders, bars", async () => {
    expect(await api.getManagedAccounts()).toEqual([ACCOUNT]);
    expect(await api.getCurrentTime()).toBe(Math.floor(bench.clock.now() / 1_000));
    const [details] = await api.getContractDetails(stock("MSFT"));
    expect(details?.longName).toBe("Microsoft Corporation");
    expect((await api.getMatchingSymbols("ms")).map(({ contract }) => contract?.symbol)).toEqual(["MSFT"]);
    expect(await api.getMarketRule(26)).toHaveLength(2);

    const summary = await firstValueFrom(api.getAccountSummary("All", "NetLiquidation"));
    expect(summary.all.get(ACCOUNT)?.get("NetLiquidation")?.get("USD")?.value).toBe("1000000.00");

    const quote = await firstValueFrom(
      api.getMarketData(stock("AAPL"), null, false, false).pipe(
        map(({ all }) => all.get(2)?.value),
        filter((ask) => ask !== undefined),
      ),
    );
    expect(quote).toBe(100.02);

    const id = await api.placeNewOrder(stock("AAPL"), order({ orderRef: "next" }));
    await until(() => bench.simulator.journal.orders().some(({ event }) => event === "filled"));
    const resting = await api.placeNewOrder(stock("AAPL"), limit(90));
    expect(resting).toBe(id + 1);
    const open = await api.getAllOpenOrders();
    expect(open.map(({ orderId, orderState }) => [orderId, orderState.status])).toEqual([[resting, "Submitted"]]);
    const fills = await api.getExecutionDetails({});
    expect(fills.map(({ execution }) => [execution.orderRef, execution.shares])).toEqual([["next", 10]]);
    const positions = await firstValueFrom(api.getPositions());
    expect(positions.all.get(ACCOUNT)?.map(({ pos }) => pos)).toEqual([10]);
    const pnl = await firstValueFrom(api.getPnL(ACCOUNT));
    expect(pnl.unrealizedPnL).toBeCloseTo(-0.1, 6);
    api.cancelOrder(resting);
    await until(() => bench.simulator.journal.orders().some(({ event }) => event === "cancelled"));

    const bars = await api.getHistoricalData(
      stock("AAPL"),
      undefined,
      "1 D",
      BarSizeSetting.HOURS_ONE,
      WhatToShow.TRADES,
      0,
      1,
    );
    expect(bars.at(-1)).toMatchObject({ close: 100.02 });
  });

  it("[TW43] an unknown contract rejects with 200", async () => {
    await expect(api.getContractDetails(stock("NONE"))).rejects.toMatchObject({ code: 200 });
  });
});
