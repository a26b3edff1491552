import { expect, it } from "vitest";
import { sweepRotation } from "../testing/rotation/sweepRotation.ts";

/** `pnpm sweep:rotation` does the same with 10,000. */
const SEED = 20_261_123;

it("[SV571] a rotation in a real store that is killed after any row goes on, no read fails, and a new process opens all", async () => {
  const { killedAt, reads, ...sweep } = await sweepRotation({ credentials: 150, kills: 2, seed: SEED });
  expect(sweep).toMatchObject({ kills: 2, failures: [], opened: 150, isRotating: false });
  expect(sweep.version).toBeGreaterThan(1);
  expect(Math.max(...killedAt)).toBeGreaterThan(0);
  expect(reads).toBeGreaterThan(20);
}, 120_000);
