import { money, quantity } from "@trenddojo/brokers/domain";
import { expect, test } from "vitest";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import { createIds, failureOf, NOW, seedAccount } from "../testing/fixtures.ts";
import type { AccountRow } from "./accounts.ts";
import * as limitRaises from "./limitRaises.ts";
import * as riskPolicies from "./riskPolicies.ts";
import * as symbolLimits from "./symbolLimits.ts";
import * as tradingStates from "./tradingStates.ts";

await describeEachDriver("raises and symbol limits", (db) => {
  const ids = createIds();
  const symbolLimit = ({ id, userId }: AccountRow, symbol: string): symbolLimits.SymbolLimitRow => ({
    accountId: id,
    symbol,
    isBlocked: false,
    maxOrderValue: money("500"),
    maxOrderQuantity: quantity("5"),
    maxPositionFraction: 0.05,
    updatedAt: NOW,
    updatedBy: userId,
  });
  const raise = ({ id, userId }: AccountRow, until: number) =>
    db().transaction((tx) =>
      limitRaises.insert(tx, {
        id: ids("raise"),
        accountId: id,
        field: "maxOrderValue",
        before: "100",
        raisedTo: "200",
        grantedAt: NOW,
        grantedBy: userId,
        until,
      }),
    );

  test("[DB93] a raise lasts until its end, or until it is ended", async () => {
    const account = await seedAccount(db(), ids);
    const first = await raise(account, NOW + 10);
    const second = await raise(account, NOW + 20);
    expect(await limitRaises.listLasting(db(), account.id, NOW + 9)).toEqual([first, second]);
    expect(await limitRaises.listLasting(db(), account.id, NOW + 10)).toEqual([second]);
    const end = (id: string, at: number) => db().transaction((tx) => limitRaises.end(tx, id, at, account.userId));
    expect(await end(first.id, NOW + 10)).toBe(false);
    expect(await end(second.id, NOW + 10)).toBe(true);
    expect(await end(second.id, NOW + 11)).toBe(false);
    expect(await limitRaises.listLasting(db(), account.id, NOW + 11)).toEqual([]);
    expect(await failureOf(raise(account, NOW), classifyDriverError)).toMatchObject({ kind: "check" });
  });

  test("[DB94] a symbol's limits are replaced whole, stay within bounds and are removed", async () => {
    const account = await seedAccount(db(), ids);
    await symbolLimits.set(db(), symbolLimit(account, "MSFT"));
    await symbolLimits.set(db(), symbolLimit(account, "AAPL"));
    const blocked = { ...symbolLimit(account, "AAPL"), isBlocked: true, maxOrderValue: null };
    await symbolLimits.set(db(), blocked);
    expect(await symbolLimits.list(db(), account.id)).toEqual([blocked, symbolLimit(account, "MSFT")]);
    for (const change of [
      { maxOrderValue: money("0") },
      { maxOrderQuantity: quantity("-1") },
      { maxPositionFraction: 11 },
    ]) {
      const bad = symbolLimits.set(db(), { ...blocked, ...change });
      expect(await failureOf(bad, classifyDriverError)).toMatchObject({ kind: "check" });
    }
    expect(await symbolLimits.remove(db(), account.id, "AAPL")).toEqual(blocked);
    expect(await symbolLimits.remove(db(), account.id, "AAPL")).toBeNull();
  });

  test("[DB95] all that an order is held to is read at once, for its own symbol and account", async () => {
    const account = await seedAccount(db(), ids);
    const other = await seedAccount(db(), ids);
    const find = (symbol: string, now = NOW) => riskPolicies.findForOrder(db(), { accountId: account.id, symbol, now });
    expect(await find("AAPL")).toEqual({ tradingState: "ACTIVE", limits: null, raises: [], symbol: null });
    await symbolLimits.set(db(), symbolLimit(account, "AAPL"));
    await symbolLimits.set(db(), symbolLimit(other, "MSFT"));
    await raise(other, NOW + 10);
    const raises = [await raise(account, NOW + 10), await raise(account, NOW + 20)];
    const { userId } = account;
    await tradingStates.set(db(), { userId, state: "REDUCING", reason: null, changedAt: NOW, changedBy: userId });
    expect(await find("AAPL")).toEqual({
      tradingState: "REDUCING",
      limits: null,
      raises,
      symbol: symbolLimit(account, "AAPL"),
    });
    expect(await find("MSFT", NOW + 15)).toMatchObject({ raises: raises.slice(1), symbol: null });
  });
});
