import { describe, expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { PaperExchange } from "./PaperExchange.ts";
import type { PaperEvent } from "./PaperEvent.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

function submitBracket(exchange: PaperExchange, id: string): readonly PaperEvent[] {
  const linked = {
    orderClass: "bracket",
    takeProfit: { price: parseFixed("110") },
    stopLoss: { stopPrice: parseFixed("80") },
  } as const;
  return exchange.submit(T, order({ id, type: "limit", price: "90.00", linked }));
}

describe("the ids of exits", () => {
  it.each(["-tp", "-sl"])("[PX110] an id of 48 characters that ends in %s is not that of its exit too", (ending) => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(tick({ timestamp: T, bid: 99, bidSize: 100, ask: 100, askSize: 100 }));
    const id = `${"x".repeat(45)}${ending}`;
    expect(submitBracket(exchange, id)).toMatchObject([
      { type: "order_rejected", clientOrderId: id, code: "INVALID_ORDER", reason: { rule: "PX110" } },
    ]);
    expect(exchange.orderByClientId(id)).toMatchObject({ status: "rejected" });
    expect(exchange.openOrders()).toEqual([]);
  });

  it.each([`${"x".repeat(44)}-tp`, "x".repeat(48), "a-tp"])("[PX110] with %s all three have one of their own", (id) => {
    const exchange = PaperExchange.create(paperConfig());
    exchange.onTick(tick({ timestamp: T, bid: 99, bidSize: 100, ask: 100, askSize: 100 }));
    submitBracket(exchange, id);
    const ids = exchange.openOrders().map(({ clientOrderId }) => clientOrderId);
    expect(new Set(ids).size).toBe(3);
    for (const each of ids) expect(each.length).toBeLessThanOrEqual(48);
  });
});
