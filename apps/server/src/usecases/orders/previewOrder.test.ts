import { toValidationResult } from "@trenddojo/brokers/rules";
import type { OrderIssue } from "@trenddojo/brokers/domain";
import { expect, it } from "vitest";
import { createManualDesk } from "../../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../../testing/faultyRegistry.ts";
import type { OrderInput } from "../../wire/orders.ts";

const issue = (rule: string, field: NonNullable<OrderIssue["field"]>): OrderIssue => ({
  code: "INVALID_ORDER",
  rule,
  field,
  message: `the broker's ${rule}`,
  params: {},
});

it("[SV60] a preview has the broker's objections beside the desk's, each thing once, at the ticket's own field", async () => {
  const faults: Faults = {
    validateOrder: () => () =>
      Promise.resolve(toValidationResult([issue("PX41", "quantity"), issue("position_limit", "quantity")])),
  };
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const preview = async (order: OrderInput) => {
    const { isValid, issues } = await trader.api.orders.preview.query({ accountId: trader.accountId, order });
    return {
      isValid,
      issues: issues.map(({ rule, field, message }) => [rule, field, message.startsWith("the broker's")]),
    };
  };
  const dollars = (notional: string) => preview({ type: "market", symbol: "AAPL", side: "buy", notional });
  expect(await dollars("100000")).toEqual({
    isValid: false,
    issues: expect.arrayContaining([
      ["position_limit", "notional", false],
      ["PX41", "notional", true],
    ]),
  });
  expect((await dollars("100000")).issues.filter(([rule]) => rule === "position_limit")).toHaveLength(1);
  expect(await preview({ type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "99" })).toEqual({
    isValid: false,
    issues: [
      ["PX41", "quantity", true],
      ["position_limit", "quantity", true],
    ],
  });
});

it("[SV60] what the broker would take, and the desk too, is valid", async () => {
  await using trader = await createManualDesk();
  const order: OrderInput = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "99.00" };
  const { accountId } = trader;
  expect(await trader.api.orders.preview.query({ accountId, order })).toMatchObject({ isValid: true, issues: [] });
});

it("[SV61] the exits of an order that a rule refused wait for nothing", async () => {
  await using trader = await createManualDesk();
  const exits = { takeProfit: { price: "110.00" }, stopLoss: { stopPrice: "90.00" } };
  const order = {
    type: "limit",
    symbol: "AAPL",
    side: "buy",
    price: "100.00",
    orderClass: "bracket",
    ...exits,
  } as const;
  const refused = await trader.place({ ...order, quantity: "900000" }).catch(() => null);
  expect(refused).toBeNull();
  const { orders } = await trader.api.orders.list.query({});
  expect(orders.map(({ state, isHeld }) => [state, isHeld])).toEqual([1, 2, 3].map(() => ["DENIED", false]));
});
