import { expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

it("[PX118] [PX117] a journal that ends as the position is gone ends the exits with the next call", () => {
  const exchange = PaperExchange.create(paperConfig());
  const stopLoss = { stopPrice: parseFixed("99") };
  const journal = [
    ...exchange.onTick(tick({ timestamp: T, bid: 99.98, ask: 100.02, bidSize: 300, askSize: 200 })),
    ...exchange.submit(T, order({ id: "b" })),
    ...exchange.submit(
      T,
      order({
        id: "a",
        side: "sell",
        type: "limit",
        price: "101",
        linked: { orderClass: "oco", takeProfit: null, stopLoss },
      }),
    ),
    ...exchange.submit(T, order({ id: "c", side: "sell" })),
  ];
  const sold = journal.findIndex((event) => event.type === "order_filled" && event.side === "sell");
  const restored = PaperExchange.restore(paperConfig(), null, journal.slice(0, sold + 1));
  expect(restored.openOrders().map(({ clientOrderId }) => clientOrderId)).toEqual(["a", "a-sl"]);
  expect(restored.advanceTo(T)).toEqual(journal.slice(sold + 1));
  expect(restored.openOrders()).toEqual([]);
});
