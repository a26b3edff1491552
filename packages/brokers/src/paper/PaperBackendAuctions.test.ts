import { describe, expect, it } from "vitest";
import { ReplayFeed } from "../feeds/replay/ReplayFeed.ts";
import { createTape } from "../feeds/replay/tapeFolder.fixture.ts";
import { limitOrder, marketOrder } from "../testing/builders.ts";
import { paperDesk } from "../testing/paperDesk.ts";
import { ownFeed } from "./PaperConfig.ts";
import { DEFAULT_PAPER_PROFILE } from "./profile.ts";

const BEFORE_THE_CUTOFF = 56_000_000;
const CLOSE = 57_600_000;
/** Other exchanges end their day at 178.81; NYSE's auction is printed 47 s after the close, as on 2013-10-08. */
const CLOSING_OF_IBM = {
  "IBM.quotes.csv.gz": [`${BEFORE_THE_CUTOFF},178.7,300,178.9,400`],
  "IBM.trades.csv.gz": [
    `${BEFORE_THE_CUTOFF},178.8,100,Z,1`,
    `${CLOSE - 20},178.81,112,Z,1`,
    `${CLOSE + 166},178.81,555,P,1000000`,
    `${CLOSE + 47_795},178.72,262948,N,80`,
  ],
};

describe("the paper backend and the auctions that its feed names", () => {
  it("[PX95] [RP11] an order for the closing trades in the auction of the tape's listing exchange, not at its last print", async () => {
    await using tape = await createTape(CLOSING_OF_IBM);
    const feeds: ReplayFeed[] = [];
    await using desk = paperDesk(
      {
        openFeed: ownFeed(() => {
          const options = { folder: tape.folder, speed: 60, startTime: "15:34", report: () => undefined } as const;
          const feed = new ReplayFeed({ clock: desk.clock, ...options });
          feeds.push(feed);
          return feed;
        }),
      },
      { alwaysOpen: false },
    );
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder({ ...marketOrder("IBM", "buy", 50), timeInForce: "cls" });
    await desk.clock.advanceUntil(() => feeds[0]?.progress.state === "ended");
    expect(await desk.client.getFills(0)).toMatchObject([
      { orderId, price: "178.72", quantity: "50", why: { rule: "PX93", params: { shown: 262_948 } } },
    ]);
  });

  it("[PX95] where the feed names auctions no print closes, and an order that waits for none says so", async () => {
    await using desk = paperDesk({}, { alwaysOpen: false, namesAuctions: true });
    await desk.client.connect();
    const { orderId } = await desk.client.placeOrder({ ...limitOrder("AAPL", "buy", 10, 101), timeInForce: "cls" });
    desk.feed.print("AAPL", 100.01, 1_000);
    await desk.clock.advance(6 * 3_600_000 + 60_000);
    expect(await desk.client.getOpenOrders()).toMatchObject([{ orderId, why: { rule: "PX95" } }]);
    await desk.clock.advance(600_000);
    expect(await desk.client.getFills(0)).toEqual([]);
    expect(await desk.client.getOrderStatus(orderId)).toBe("expired");
  });

  it.each([
    ["a feed that names none", false, {}],
    ["a profile that goes by the tape", true, { profile: { ...DEFAULT_PAPER_PROFILE, auctionPrices: "tape" } }],
  ] as const)("[PX93] with %s the last print closes", async (_name, namesAuctions, change) => {
    await using desk = paperDesk(change, { alwaysOpen: false, namesAuctions });
    await desk.client.connect();
    await desk.client.placeOrder({ ...limitOrder("AAPL", "buy", 10, 101), timeInForce: "cls" });
    desk.feed.print("AAPL", 100.01, 1_000);
    await desk.clock.advance(6 * 3_600_000 + 60_000);
    expect(await desk.client.getFills(0)).toMatchObject([{ price: "100.01", why: { rule: "PX93" } }]);
  });

  it("[RK4] [RK13] an order for the opening is taken before the market is open, at the mark", async () => {
    await using desk = paperDesk({}, { alwaysOpen: false, namesAuctions: true });
    await desk.client.connect();
    desk.feed.print("AAPL", 100.01, 1_000);
    desk.clock.setWallTime(Date.parse("2026-11-23T09:20:00-05:00"));
    const { orderId } = await desk.client.placeOrder({ ...marketOrder("AAPL", "buy", 10), timeInForce: "opg" });
    desk.clock.setWallTime(Date.parse("2026-11-23T09:30:01-05:00"));
    const at = desk.clock.now();
    desk.feed.tell({ kind: "auction", auction: { symbol: "AAPL", kind: "open", price: 99.5, size: 5_000, at } });
    expect(await desk.client.getFills(0)).toMatchObject([{ orderId, price: "99.5", why: { rule: "PX92" } }]);
  });
});
