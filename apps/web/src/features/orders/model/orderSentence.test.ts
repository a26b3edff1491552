import type { OrderInput } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { orderSentence } from "./orderSentence.ts";

const say = (order: OrderInput) =>
  orderSentence(order, { account: "PAPER ···4821", instantText: () => "Nov 30, 2026, 16:00 ET" });
const buy = { symbol: "AAPL", side: "buy", quantity: "100" } as const;
const sell = { ...buy, side: "sell" } as const;

test.each<[OrderInput, string]>([
  [{ ...buy, type: "market" }, "Buy 100 AAPL at market, for the day. PAPER ···4821"],
  [
    { symbol: "AAPL", side: "buy", type: "market", notional: "500" },
    "Buy $500.00 of AAPL at market, for the day. PAPER ···4821",
  ],
  [
    { ...buy, type: "limit", price: "187.5", timeInForce: "gtc", expiresAt: "2026-11-30T21:00:00.000Z" },
    "Buy 100 AAPL at 187.50 or better, until Nov 30, 2026, 16:00 ET. PAPER ···4821",
  ],
  [
    { ...sell, type: "stop", stopPrice: "180" },
    "Sell 100 AAPL at market once it trades at 180.00 or below, for the day. PAPER ···4821",
  ],
  [
    { ...buy, type: "stop_limit", stopPrice: "190", price: "190.5", timeInForce: "gtc" },
    "Buy 100 AAPL at 190.50 or better once it trades at 190.00 or above, until canceled. PAPER ···4821",
  ],
  [
    { ...sell, type: "stop", trail: { by: "percent", value: "1.5" } },
    "Sell 100 AAPL at market once it falls 1.5 % from its high, for the day. PAPER ···4821",
  ],
  [
    { ...buy, type: "stop", trail: { by: "amount", value: "2" } },
    "Buy 100 AAPL at market once it rises $2.00 from its low, for the day. PAPER ···4821",
  ],
  [
    { ...buy, type: "limit", price: "187.5", extendedHours: true },
    "Buy 100 AAPL at 187.50 or better, for the day, also outside regular hours. PAPER ···4821",
  ],
])("[UT38] the review says the order in one sentence: %o", (order, sentence) => {
  expect(say(order)).toBe(sentence);
});

const exits = { takeProfit: { price: "199" }, stopLoss: { stopPrice: "180" } };

test("[UT39] the review says what the exits will do, each on its side", () => {
  expect(say({ ...buy, type: "market", orderClass: "bracket", ...exits })).toBe(
    "Buy 100 AAPL at market, then sell at 199.00 or, at 180.00, stop out; for the day. PAPER ···4821",
  );
  expect(say({ ...buy, type: "market", orderClass: "oto", stopLoss: { stopPrice: "180", price: "179.5" } })).toBe(
    "Buy 100 AAPL at market, then, at 180.00, stop out, not below 179.50; for the day. PAPER ···4821",
  );
  expect(say({ ...sell, type: "limit", price: "187.5", orderClass: "oto", takeProfit: { price: "170" } })).toBe(
    "Sell 100 AAPL at 187.50 or better, then buy back at 170.00; for the day. PAPER ···4821",
  );
  expect(say({ ...sell, type: "limit", price: "199", orderClass: "oco", stopLoss: { stopPrice: "180" } })).toBe(
    "Sell 100 AAPL at 199.00 or, at 180.00, stop out; one cancels the other; for the day. PAPER ···4821",
  );
});
