import { expect, it } from "vitest";
import { plantCanaries } from "./testing/canaries/plantCanaries.ts";
import { listProcedures } from "./testing/listProcedures.ts";

it("[SV184] a secret that goes into any procedure, or to a broker, comes out nowhere: log, reply, frame, database", async () => {
  const { leaks, planted, calls, searched } = await plantCanaries(listProcedures().length);
  expect(leaks).toEqual([]);
  expect(planted).toBe(listProcedures().length);
  expect(calls).toBeGreaterThan(planted * 5);
  expect(searched).toBeGreaterThan(100_000);
});
