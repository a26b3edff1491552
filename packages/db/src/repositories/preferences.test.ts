import { money, quantity } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount, seedUser } from "../testing/fixtures.ts";
import * as riskLimits from "./riskLimits.ts";
import * as watchlists from "./watchlists.ts";

await describeEachDriver("risk limits and watchlists", (db) => {
  const ids = createIds();

  test("[DB50] limits are none until set, are replaced whole, and stay within bounds", async () => {
    const account = await seedAccount(db(), ids);
    expect(await riskLimits.find(db(), account.id)).toBeNull();
    const limits: riskLimits.RiskLimitsRow = {
      accountId: account.id,
      maxOrderValue: money("25000.5"),
      maxOrderQuantity: quantity("1000"),
      maxPositionFraction: 0.1,
      maxExposureFraction: 2,
      maxDailyLossFraction: 0.02,
      priceCollarFraction: 0.1,
      maxOrdersPerMinute: 60,
      updatedAt: NOW,
      updatedBy: account.userId,
    };
    await riskLimits.set(db(), limits);
    await riskLimits.set(db(), { ...limits, maxOrdersPerMinute: 1 });
    expect(await riskLimits.find(db(), account.id)).toEqual({ ...limits, maxOrdersPerMinute: 1 });
    for (const change of [
      { maxOrderValue: money("0") },
      { maxOrderQuantity: quantity("-1") },
      { maxPositionFraction: Number.NaN },
      { maxExposureFraction: Number.POSITIVE_INFINITY },
      { maxDailyLossFraction: 0 },
      { priceCollarFraction: 1.01 },
      { maxOrdersPerMinute: 0 },
    ]) {
      expect(await failureOf(riskLimits.set(db(), { ...limits, ...change }), classifyDriverError)).toMatchObject({
        kind: "check",
      });
    }
    expect(await riskLimits.find(db(), account.id)).toEqual({ ...limits, maxOrdersPerMinute: 1 });
  });

  test("[DB51] a watchlist keeps its order, names a symbol once, and is replaced whole", async () => {
    const user = await seedUser(db(), ids("user"));
    const replace = (symbols: readonly string[]) => db().transaction((tx) => watchlists.replace(tx, user.id, symbols));
    expect(await watchlists.get(db(), user.id)).toEqual([]);
    expect(await replace(["SPY", "AAPL", "SPY", "BRK.B"])).toEqual(["SPY", "AAPL", "BRK.B"]);
    expect(await watchlists.get(db(), user.id)).toEqual(["SPY", "AAPL", "BRK.B"]);
    await replace(["BRK.B", "SPY"]);
    expect(await watchlists.get(db(), user.id)).toEqual(["BRK.B", "SPY"]);
    await replace([]);
    expect(await watchlists.get(db(), user.id)).toEqual([]);
  });

  test("[DB51] two browsers that replace one list at once leave one of the two", async () => {
    const user = await seedUser(db(), ids("user"));
    const lists = [["SPY", "AAPL"], ["AAPL", "MSFT"], ["MSFT"]];
    await Promise.all(lists.map((symbols) => db().transaction((tx) => watchlists.replace(tx, user.id, symbols))));
    expect(lists).toContainEqual(await watchlists.get(db(), user.id));
  });
});
