import { describe, expect, it } from "vitest";
import { together } from "./together.ts";

/** A function that doubles, and what it was asked at once. */
function doubling(name: string, log: string[]) {
  return together((_target: object, asked: readonly number[]) => {
    log.push(`${name}(${asked.join()})`);
    return Promise.resolve(asked.map((number) => 2 * number));
  });
}

describe("together", () => {
  it("[DB140] calls that come side by side are one query, and each has its own answer", async () => {
    const log: string[] = [];
    const double = doubling("double", log);
    const target = {};
    // Of two steps the second goes on a few turns of the microtasks later than the first.
    const late = Promise.resolve().then(() => Promise.resolve());
    const answers = [double(target, 1), double(target, 2), late.then(() => double(target, 3))];
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
    expect(await double(target, 4)).toBe(8);
    expect(log).toEqual(["double(1,2,3)", "double(4)"]);
  });

  it("[DB140] those of two transactions are two", async () => {
    const log: string[] = [];
    const double = doubling("double", log);
    await Promise.all([double({}, 1), double({}, 2)]);
    expect(log).toEqual(["double(1)", "double(2)"]);
  });

  it("[DB140] what was called first is sent first", async () => {
    const log: string[] = [];
    const [lock, read] = [doubling("lock", log), doubling("read", log)];
    const target = {};
    await Promise.all([lock(target, 1), read(target, 1), lock(target, 2), read(target, 2)]);
    expect(log).toEqual(["lock(1,2)", "read(1,2)"]);
  });

  it("[DB140] a query that fails, or that answers too few, fails every call", async () => {
    const target = {};
    const fails = together((_target: object, _asked: readonly number[]): Promise<number[]> =>
      Promise.reject(new Error("down")),
    );
    const forgets = together((_target: object, asked: readonly number[]) => Promise.resolve(asked.slice(1)));
    const ends = await Promise.allSettled([fails(target, 1), fails(target, 2), forgets(target, 1), forgets(target, 2)]);
    expect(ends.map((end) => (end.status === "rejected" ? String(end.reason) : end))).toEqual([
      "Error: down",
      "Error: down",
      "Error: 2 asked, 1 answered",
      "Error: 2 asked, 1 answered",
    ]);
  });
});
