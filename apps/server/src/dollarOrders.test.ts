import { describe, expect, it } from "vitest";
import { createManualDesk } from "./testing/createManualDesk.ts";
import { refusalOf } from "./testing/refusalOf.ts";
import type { OrderInput } from "./wire/orders.ts";

describe("amounts of money and parts of a share", () => {
  const dollars = (notional: string): OrderInput => ({ type: "market", symbol: "AAPL", side: "buy", notional });

  it("[SV50] dollars buy what they make; the broker says how many shares, and nobody calls that a change", async () => {
    await using trader = await createManualDesk();
    const { place, untilState, detail, api, accountId } = trader;
    const { id } = await place(dollars("500"));
    const order = await untilState(id, "FILLED");
    // 500 / 100.02, cut to nine decimals.
    expect(order).toMatchObject({ notional: "500", quantity: "4.999000199", filledQuantity: "4.999000199" });
    const { events, fills, explanation } = await detail(id);
    expect(events[0]).toMatchObject({ message: "Accepted by the desk", order: { quantity: "4.999000199" } });
    expect(events.map(({ message }) => message).join()).not.toContain("Changed");
    expect(fills).toMatchObject([{ quantity: "4.999000199", why: { rule: expect.stringMatching(/^PX/) } }]);
    expect(explanation?.rule).toMatch(/^PX/);
    const { positions } = await api.accounts.portfolio.query({ accountId });
    expect(positions).toMatchObject([{ symbol: "AAPL", quantity: "4.999000199" }]);
  });

  it("[SV50] without a price dollars make nothing, and too many are refused at their own field", async () => {
    await using trader = await createManualDesk();
    const { place, feed, api, detail } = trader;
    expect(await refusalOf(place(dollars("20000")))).toMatchObject({
      code: "POSITION_SIZE_EXCEEDED",
      issues: [{ field: "notional" }],
    });
    feed.quote("AAPL", null, null);
    expect(await refusalOf(place(dollars("500")))).toMatchObject({ code: "NO_MARKET_DATA" });
    const [denied] = (await api.orders.list.query({})).orders;
    expect(denied).toMatchObject({ state: "DENIED", notional: "500", quantity: "0" });
    expect((await detail(denied?.id ?? "")).explanation).toMatchObject({ rule: "fresh_quote" });
  });

  it("[SV50] of an instrument that trades whole, and beside a quantity, they are refused", async () => {
    await using trader = await createManualDesk();
    const { place } = trader;
    expect(await refusalOf(place({ ...dollars("500"), symbol: "MSFT" }))).toMatchObject({
      issues: [{ field: "notional" }],
    });
    const both: OrderInput = { type: "market", symbol: "AAPL", side: "buy", notional: "500", quantity: "2" };
    expect(await refusalOf(place(both))).toMatchObject({
      issues: [{ field: "notional" }],
    });
    expect(await refusalOf(place({ ...dollars("500"), timeInForce: "gtc" }))).toMatchObject({
      issues: [{ field: "timeInForce" }],
    });
    expect(await refusalOf(place({ type: "market", symbol: "AAPL", side: "buy" }))).toMatchObject({
      issues: [{ field: "quantity" }],
    });
  });

  it("[SV41] a part of a share is bought and sold, and changed while it rests", async () => {
    await using trader = await createManualDesk();
    const { place, untilState, api, accountId, connectionId } = trader;
    const bought = await place({ type: "market", symbol: "AAPL", side: "buy", quantity: "0.123456789" });
    await untilState(bought.id, "FILLED");
    const resting = await place({ type: "limit", symbol: "AAPL", side: "sell", quantity: "0.1", price: "120.00" });
    const changes = { quantity: "0.100000001" };
    expect(await api.orders.modify.mutate({ orderId: resting.id, changes })).toMatchObject({ quantity: "0.100000001" });
    expect(
      await refusalOf(place({ type: "limit", symbol: "MSFT", side: "buy", quantity: "0.5", price: "1.00" })),
    ).toMatchObject({
      issues: [{ field: "quantity" }],
    });
    const { positions } = await api.accounts.portfolio.query({ accountId });
    expect(positions).toMatchObject([{ quantity: "0.123456789" }]);
    const instrument = (symbol: string) => api.marketData.instrument.query({ connectionId, symbol });
    expect([(await instrument("AAPL")).fractionable, (await instrument("MSFT")).fractionable]).toEqual([true, false]);
  });
});
