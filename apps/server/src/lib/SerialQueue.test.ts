import { describe, expect, it } from "vitest";
import { SerialQueue } from "./SerialQueue.ts";

describe("the serial queue", () => {
  it("[LQ1] runs one task at a time, in order, and a failure stops nothing", async () => {
    const queue = new SerialQueue();
    const seen: string[] = [];
    let running = 0;
    const task = (name: string) => async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
      seen.push(name);
      if (name === "b") throw new Error("b failed");
      return name;
    };
    const results = await Promise.allSettled(["a", "b", "c"].map((name) => queue.run(task(name))));
    await queue.idle();
    expect(seen).toEqual(["a", "b", "c"]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(queue.size).toBe(0);
  });
});
