import { clientOrderId, orderId } from "@trenddojo/brokers/domain";
import { parseOrder } from "@trenddojo/brokers/rules";
import { orders } from "@trenddojo/db";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createJournalKit } from "../testing/createJournalKit.ts";
import { orderInput, type OrderInput } from "../wire/orders.ts";
import { newIntents } from "./newIntents.ts";
import { orderInputOf } from "./orderInputOf.ts";
import { storedOrder } from "./storedOrder.ts";
import { toOrderRequest } from "./toOrderRequest.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
beforeAll(async () => {
  kit = await createJournalKit();
});
afterAll(() => kit.close());

const buy = { symbol: "AAPL", side: "buy" } as const;
const sell = { symbol: "AAPL", side: "sell", quantity: "10" } as const;
const exits = { takeProfit: { price: "110" }, stopLoss: { stopPrice: "90", price: "89.5" } };

const KINDS: readonly (readonly [string, OrderInput])[] = [
  ["market", { ...buy, type: "market", quantity: "0.5" }],
  ["dollars", { ...buy, type: "market", notional: "500.25" }],
  ["limit", { ...buy, type: "limit", quantity: "10", price: "100", extendedHours: true }],
  [
    "gtd",
    { ...buy, type: "limit", quantity: "10", price: "100", timeInForce: "gtc", expiresAt: "2027-01-01T00:00:00.123Z" },
  ],
  ["stop", { ...sell, type: "stop", stopPrice: "90" }],
  ["trail", { ...sell, type: "stop", trail: { by: "percent", value: "1.5" } }],
  ["stop-limit", { ...sell, type: "stop_limit", stopPrice: "90", price: "89" }],
  ["bracket", { ...buy, type: "market", quantity: "10", orderClass: "bracket", ...exits }],
  ["limit-bracket", { ...buy, type: "limit", quantity: "10", price: "100", orderClass: "bracket", ...exits }],
  ["oto-profit", { ...buy, type: "market", quantity: "10", orderClass: "oto", takeProfit: { price: "110" } }],
  ["oto-stop", { ...buy, type: "market", quantity: "10", orderClass: "oto", stopLoss: { stopPrice: "90" } }],
  ["oco", { ...sell, type: "limit", price: "110", orderClass: "oco", stopLoss: exits.stopLoss }],
];

it.each(KINDS)("[SV42] the broker is asked for what was asked of the desk, from the store: %s", async (name, input) => {
  const parsed = parseOrder(orderInputOf(orderInput.parse(input)), clientOrderId(`tdM-${name}`));
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join());
  const { order } = parsed;
  let made = 0;
  const { userId, accountId, mode, validUntil, createdAt } = kit.intent(name);
  const intents = newIntents({
    order,
    idempotencyKey: name,
    requestHash: "h",
    shares: order.notional === undefined ? order.quantity : 5n,
    newId: () => orderId(`${name}-${(made += 1)}`),
    common: {
      userId,
      accountId,
      mode,
      validUntil,
      createdAt,
      reducesRisk: false,
      referencePrice: null,
      state: "INTENT",
      reason: null,
      why: null,
    },
  });
  const claimed = await kit.db.transaction(async (tx) => {
    for (const each of intents) await orders.insertIntent(tx, each);
    return orders.claimForSending(tx, { orderId: intents[0].id, now: kit.clock.now(), epoch: 1 });
  });
  if (claimed === null) throw new Error("not claimed");
  const stored = storedOrder(claimed.order, claimed.legs);
  expect(stored).toEqual(order);
  expect(parseOrder(toOrderRequest(stored))).toEqual({ ok: true, order });
  // A group that lost a leg must not go out as less than was asked for.
  for (const leg of claimed.legs) {
    const rest = claimed.legs.filter((each) => each !== leg);
    expect(() => storedOrder(claimed.order, rest)).toThrow("lacks 1 of its legs");
  }
});
