import { describe, expect, it } from "vitest";
import { CallbackSet } from "./CallbackSet.ts";

function callbackSet() {
  const errors: unknown[] = [];
  return { errors, callbacks: new CallbackSet<number>((error) => errors.push(error)) };
}

describe("a set of callbacks", () => {
  it("[BC27] one that throws disturbs neither the others nor the caller", () => {
    const { callbacks, errors } = callbackSet();
    const told: number[] = [];
    const defect = new Error("a defect");
    callbacks.add(() => {
      throw defect;
    });
    callbacks.add((value) => told.push(value));
    callbacks.notify(7);
    expect(told).toEqual([7]);
    expect(errors).toEqual([defect]);
  });

  it("[BC27] one that is unsubscribed by another is not told any more; one that is added waits for the next", () => {
    const { callbacks } = callbackSet();
    const told: string[] = [];
    let unsubscribe = (): void => undefined;
    callbacks.add((value) => {
      told.push(`first ${value}`);
      unsubscribe();
      callbacks.add((later) => told.push(`added ${later}`));
    });
    unsubscribe = callbacks.add((value) => told.push(`second ${value}`));
    callbacks.notify(1);
    expect(told).toEqual(["first 1"]);
    callbacks.notify(2);
    expect(told).toEqual(["first 1", "first 2", "added 2"]);
  });

  it("[BC27] the same callback added twice is two subscriptions", () => {
    const { callbacks } = callbackSet();
    const told: number[] = [];
    const callback = (value: number): void => void told.push(value);
    const first = callbacks.add(callback);
    callbacks.add(callback);
    first();
    first();
    callbacks.notify(1);
    expect(told).toEqual([1]);
    callbacks.clear();
    expect(callbacks.size).toBe(0);
  });
});
