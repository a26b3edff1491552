import { expect, it } from "vitest";
import { sweepWall } from "./sweepWall.ts";

const SEED = 20_261_122;

it(
  "[W1] no combination of configuration, keys, host, redirect and order sends real money a byte",
  { timeout: 240_000 },
  async () => {
    const count = await sweepWall({ cases: 600, seed: SEED });
    expect(count).toMatchObject({ cases: 600, dialled: [], liveBytes: 0 });
    // Many get as far as the paper server, and many nowhere.
    expect(count.requests).toBeGreaterThan(100);
    expect(count.refused).toBeGreaterThan(100);
  },
);

it("[W2] the trap catches who may reach real money", async () => {
  const { control } = await sweepWall({ cases: 1, seed: SEED });
  expect(control.isCaught).toBe(true);
  expect(control.dialled).toContain("api.alpaca.markets:443");
});
