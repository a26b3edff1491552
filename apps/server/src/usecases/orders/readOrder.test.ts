import { expect, it } from "vitest";
import { createManualDesk } from "../../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../../testing/faultyRegistry.ts";

it("[SV46] a broker that does not answer does not hold up the reading of an order", async () => {
  const faults: Faults = {};
  await using trader = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { id } = await trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "90.00" });
  await trader.untilState(id, "WORKING");
  expect((await trader.detail(id)).explanation?.rule).toMatch(/^PX/);
  // It heeds no signal either.
  faults.getOrderByClientOrderId = () => () => new Promise(() => undefined);
  const { order, explanation } = await trader.detail(id);
  expect(order.state).toBe("WORKING");
  expect(explanation).toBeNull();
});
