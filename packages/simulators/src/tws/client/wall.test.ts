import { expect, it } from "vitest";
import { sweepGatewayWall } from "../testing/sweepGatewayWall.ts";

/** `pnpm sweep:gateway-wall` does more of them. */
const SEED = 20_261_123;

it("[W13] no combination of login, mode, account, host, port and order gets an order to real money at Interactive Brokers", async () => {
  const count = await sweepGatewayWall({ cases: 250, seed: SEED });
  expect(count).toMatchObject({ cases: 250, liveOrders: 0 });
  expect(count.paperOrders).toBeGreaterThan(10);
  expect(count.refused).toBeGreaterThan(80);
  expect(count.control).toBe(1);
}, 120_000);
