import { afterEach, expect, it } from "vitest";
import { readSweep } from "./readSweep.ts";

afterEach(() => {
  process.exitCode = undefined;
});

const read = (...args: readonly string[]) => readSweep("sweep:crash", 12, args, ["alpaca", "interactive_brokers"]);

it("reads a sweep's runs, seed and store", () => {
  expect(read()).toEqual({ runs: 12, seed: 1, store: "embedded", broker: "alpaca" });
  expect(read("--runs", "3", "--seed", "0", "--store", "postgres", "--broker", "interactive-brokers")).toEqual({
    runs: 3,
    seed: 0,
    store: "postgres",
    broker: "interactive_brokers",
  });
});

it("refuses a broker that the sweep has no oracle for", () => {
  expect(readSweep("sweep:network", 14, ["--broker", "interactive-brokers"])).toBeNull();
  expect(process.exitCode).toBe(2);
});

it.each([
  ["--broker", "another"],
  ["--runs", "0"],
  ["--seed", "-1"],
  ["--store", "memory"],
  ["--rums", "3"],
])("refuses %s %s with the exit code of wrong usage", (...args) => {
  expect(read(...args)).toBeNull();
  expect(process.exitCode).toBe(2);
});
