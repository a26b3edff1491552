import { afterEach, expect, it } from "vitest";
import { readSweep } from "./readSweep.ts";

afterEach(() => {
  process.exitCode = undefined;
});

const choices = { brokers: ["alpaca", "interactive_brokers"], plants: ["a_fault"] } as const;
const read = (...args: readonly string[]) => readSweep("sweep:crash", 12, args, choices);

it("reads a sweep's runs, seed and store", () => {
  expect(read()).toEqual({ runs: 12, seed: 1, store: "embedded", broker: "alpaca", plant: null });
  expect(read("--runs", "3", "--seed", "0", "--store", "postgres", "--broker", "interactive-brokers")).toEqual({
    plant: null,
    runs: 3,
    seed: 0,
    store: "postgres",
    broker: "interactive_brokers",
  });
});

it("reads the fault that is to be planted", () => {
  expect(read("--plant", "a_fault")).toMatchObject({ plant: "a_fault" });
  expect(readSweep("sweep:network", 14, ["--plant", "a_fault"])).toBeNull();
  expect(process.exitCode).toBe(2);
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
  ["--plant", "another"],
  ["--rums", "3"],
])("refuses %s %s with the exit code of wrong usage", (...args) => {
  expect(read(...args)).toBeNull();
  expect(process.exitCode).toBe(2);
});
