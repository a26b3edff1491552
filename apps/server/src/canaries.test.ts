import { expect, it } from "vitest";
import { buildWithCanaries } from "./testing/canaries/buildWithCanaries.ts";
import { plantCanaries } from "./testing/canaries/plantCanaries.ts";
import { listProcedures } from "./testing/listProcedures.ts";

it("[SV184] a secret that goes into any procedure, or to a broker, comes out nowhere: log, reply, frame, database", async () => {
  const { leaks, planted, calls, searched, taking, passed } = await plantCanaries(listProcedures().length);
  expect(leaks).toEqual([]);
  // Each was given an input that its schema takes; an invitation has no text.
  expect(passed).toEqual(taking.filter((path) => path !== "people.invite"));
  process.stdout.write(`canaries: ${passed.length} of ${taking.length} procedures with an input got past its schema\n`);
  expect(planted).toBe(listProcedures().length);
  expect(calls).toBeGreaterThan(planted * 8);
  expect(searched).toBeGreaterThan(100_000);
});

it("[SV444] a secret in the environment of the build is in no file of the web app", async () => {
  const { leaks, files, searched } = await buildWithCanaries(40);
  expect(leaks).toEqual([]);
  expect(files).toBeGreaterThan(5);
  expect(searched).toBeGreaterThan(100_000);
}, 300_000);
