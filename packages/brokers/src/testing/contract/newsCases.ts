/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { AccountEvent } from "../../domain/AccountEvent.ts";
import type { MarketNews } from "../../domain/MarketNews.ts";
import type { TradingStatus } from "../../domain/tradingStatus.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { contractCase, type BrokerContractHarness, type ContractCase } from "./ContractCase.ts";
import { untilStatus } from "./untilStatus.ts";

/** A case that needs a simulator that can tell news, which is its last argument. */
function newsCase(
  title: string,
  run: (harness: BrokerContractHarness, setStatus: (status: TradingStatus) => Promise<void>) => Promise<void>,
): ContractCase {
  return {
    ...contractCase("BC52", title, async (harness) => {
      const { tell } = harness.market;
      if (tell === null) return;
      await run(harness, async (status) => {
        const hours = await harness.client.getMarketHours("NASDAQ");
        const news: MarketNews = { kind: "status", status: { symbol: "AAPL", status, at: hours.at, reason: "news" } };
        await tell(news);
      });
    }),
    obstacle: ({ market }) => (market.tell === null ? "its simulator cannot halt a symbol" : undefined),
  };
}

export const NEWS_CASES: readonly ContractCase[] = [
  newsCase(
    "while a symbol is halted nothing of it fills, the price says so, and a cancel works",
    async (harness, set) => {
      const { client, market } = harness;
      const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, "99.5"));
      await set("halted");
      expect(await client.getMarketData("AAPL")).toMatchObject({ halt: { status: "halted", reason: "news" } });
      await market.quote("AAPL", 99.4, 99.45);
      expect((await client.getMarketData("AAPL")).halt).toBeDefined();
      expect((await client.getMarketData("MSFT")).halt).toBeUndefined();
      expect(await client.getOrderStatus(orderId)).toBe("submitted");
      expect(await client.cancelOrder(orderId)).toBe(true);
      await untilStatus(harness, orderId, "canceled");
      expect(await client.getFills(0)).toEqual([]);
    },
  ),
  newsCase("once it trades again orders fill, and the price says nothing of a halt", async (harness, set) => {
    const { client, market } = harness;
    const { orderId } = await client.placeOrder(limitOrder("AAPL", "buy", 10, "99.5"));
    await set("paused");
    await market.quote("AAPL", 99.4, 99.45);
    await set("resumed");
    expect((await client.getMarketData("AAPL")).halt).toBeUndefined();
    await market.print("AAPL", 99.45);
    await market.quote("AAPL", 99.4, 99.45);
    await untilStatus(harness, orderId, "filled");
  }),
];

/** A broker that does not tell by itself is asked at least this often. */
const ASKED_EVERY_MS = 300_000;

/** A case in which the issuer of AAPL splits its shares, told by its last argument. */
function splitCase(
  title: string,
  run: (harness: BrokerContractHarness, splitShares: () => Promise<void>) => Promise<void>,
): ContractCase {
  return {
    ...contractCase("BC55", title, async (harness) => {
      const { tell } = harness.market;
      if (tell === null) return;
      const { at } = await harness.client.getMarketHours("NASDAQ");
      const ratio = { newShares: 4, oldShares: 1, cashInLieuPrice: null };
      const action = { type: "split", actionId: "split-1", symbol: "AAPL", at, ...ratio } as const;
      await run(harness, () => tell({ kind: "corporate_action", action }));
    }),
    obstacle: ({ market }) => (market.tell === null ? "its simulator cannot split a share" : undefined),
  };
}

export const ACCOUNT_EVENT_CASES: readonly ContractCase[] = [
  splitCase("a split is told once, with its numbers, and again to whoever asks later", async (harness, splitShares) => {
    const { client, market } = harness;
    await client.placeOrder(marketOrder("AAPL", "buy", 10));
    const told: AccountEvent[] = [];
    await client.subscribeToAccountEvents(0, (event) => told.push(event));
    expect(told).toEqual([]);
    await splitShares();
    if (told.length === 0) await market.advance(ASKED_EVERY_MS);
    await market.until(() => told.length > 0);
    const message = "AAPL split 4:1: 10 shares became 40.";
    expect(told).toMatchObject([{ kind: "split", symbol: "AAPL", quantityAfter: "40", message }]);
    expect(await client.getPositions()).toMatchObject([{ symbol: "AAPL", quantity: "40" }]);
    const again: AccountEvent[] = [];
    const unsubscribe = await client.subscribeToAccountEvents(0, (event) => again.push(event));
    expect(again).toEqual(told);
    await client.subscribeToAccountEvents((told[0]?.at ?? 0) + 1, (event) => again.push(event));
    expect(again).toHaveLength(1);
    unsubscribe();
  }),
  splitCase(
    "what an issuer does is nothing to an account that holds none of its shares",
    async (harness, splitShares) => {
      const told: AccountEvent[] = [];
      await harness.client.subscribeToAccountEvents(0, (event) => told.push(event));
      await splitShares();
      await harness.client.subscribeToAccountEvents(0, (event) => told.push(event));
      expect(told).toEqual([]);
    },
  ),
];
