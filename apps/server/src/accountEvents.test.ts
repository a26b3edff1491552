import { randomBytes } from "node:crypto";
import { createTestStore } from "@trenddojo/db/testing";
import { describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { until } from "./testing/until.ts";
import type { AccountEventView } from "./wire/accounts.ts";

type ManualDesk = Awaited<ReturnType<typeof createManualDesk>>;

async function holdTen({ feed, place, untilState }: ManualDesk): Promise<void> {
  // The one that the desk began with may be too old by now.
  feed.quote("AAPL", 100, 100.02);
  const { id } = await place({ type: "market", symbol: "AAPL", side: "buy", quantity: "10" });
  await untilState(id, "FILLED");
}

/** AAPL splits 4:1. */
function splitShares({ feed }: ManualDesk, actionId: string): void {
  const at = feed.marketNow();
  const ratio = { newShares: 4, oldShares: 1, cashInLieuPrice: null };
  feed.tell({ kind: "corporate_action", action: { type: "split", actionId, symbol: "AAPL", at, ...ratio } });
  feed.quote("AAPL", 25, 25.01);
}

/** The audit rows of what happened without an order, oldest first. */
async function rows({ api }: ManualDesk) {
  const { entries } = await api.audit.list.query({ search: "account.", limit: 100 });
  return entries.filter(({ action }) => action !== "account.opened").toReversed();
}

describe("what happens to an account without an order", () => {
  it("[SV53] is told at once, resumes without a gap, and stands in the audit log", async () => {
    await using trader = await createManualDesk();
    const { api, accountId, feed } = trader;
    await holdTen(trader);
    const heard: { readonly id: string; readonly data: AccountEventView }[] = [];
    let isListening = false;
    const stream = api.accounts.events.subscribe(
      { accountId },
      { onStarted: () => void (isListening = true), onData: (event) => void heard.push(event) },
    );
    await until("the stream", () => isListening);
    // The subscription is made; its first look at the log comes after it.
    await api.accounts.list.query();
    splitShares(trader, "split-1");
    const split = await until("the split", () => heard[0]);
    stream.unsubscribe();
    expect(split.data).toMatchObject({
      accountId,
      kind: "split",
      symbol: "AAPL",
      mode: "paper",
      message: "AAPL split 4:1: 10 shares became 40.",
    });
    const payAt = feed.marketNow() + 50;
    feed.tell({
      kind: "corporate_action",
      action: {
        type: "cash_dividend",
        actionId: "d-1",
        symbol: "AAPL",
        at: feed.marketNow(),
        amountPerShare: "0.24",
        payAt,
      },
    });
    const rest: string[] = [];
    const resumed = api.accounts.events.subscribe(
      { accountId, lastEventId: split.id },
      { onData: ({ data }) => void rest.push(data.message) },
    );
    await until("the dividend", () => rest.length === 2);
    resumed.unsubscribe();
    expect(rest).toEqual(["AAPL pays 0.24 a share: 9.60 earned on 40 shares.", "AAPL paid its dividend: 9.60."]);
    expect(await rows(trader)).toMatchObject([
      {
        action: "account.split",
        username: null,
        mode: "paper",
        details: { symbol: "AAPL", quantityBefore: "10", quantityAfter: "40", why: { rule: "PX231" } },
      },
      { action: "account.dividend" },
      { action: "account.dividend_paid", message: "AAPL paid its dividend: 9.60." },
    ]);
    expect(await api.audit.verify.query()).toMatchObject({ ok: true });
  });

  it("[SV54] while the desk was down is written when it is back, and nothing twice", async () => {
    await using store = await createTestStore();
    const keyEncryptionKey = randomBytes(32);
    let cookie = "";
    {
      await using trader = await createManualDesk({ store, keyEncryptionKey });
      cookie = trader.person.setCookies[0]?.split(";")[0] ?? "";
      await holdTen(trader);
      splitShares(trader, "split-1");
      await until("the row", async () => (await rows(trader)).length === 1);
    }
    for (let start = 1; start <= 2; start += 1) {
      await using again = await createManualDesk({ store, keyEncryptionKey, cookie });
      splitShares(again, "split-2");
      await until("both rows", async () => (await rows(again)).length >= 2);
      expect((await rows(again)).map(({ message }) => message)).toEqual([
        "AAPL split 4:1: 10 shares became 40.",
        "AAPL split 4:1: 40 shares became 160.",
      ]);
    }
  });

  it("[PX237] a new symbol ends the orders in the old one, and the position stands under the new one at once", async () => {
    await using trader = await createManualDesk();
    const { api, accountId, feed, place, untilState, detail } = trader;
    await holdTen(trader);
    const { id } = await place({
      type: "limit",
      symbol: "AAPL",
      side: "sell",
      quantity: "4",
      price: "120.00",
      timeInForce: "gtc",
    });
    await untilState(id, "WORKING");
    const at = feed.marketNow();
    const action = { type: "symbol_change", actionId: "s-1", symbol: "AAPL", newSymbol: "MSFT", at } as const;
    feed.tell({ kind: "corporate_action", action });
    await untilState(id, "CANCELED");
    expect((await detail(id)).order).toMatchObject({
      symbol: "AAPL",
      reason: { message: "AAPL is called MSFT now; orders are given anew." },
    });
    const { positions } = await api.accounts.portfolio.query({ accountId });
    expect(positions).toMatchObject([{ symbol: "MSFT", quantity: "10" }]);
    const [row] = await until("the row", async () => {
      const found = await rows(trader);
      return found.length > 0 ? found : null;
    });
    expect(row).toMatchObject({
      action: "account.symbol_changed",
      message: "AAPL is called MSFT now: 10 shares went over.",
    });
  });
});
