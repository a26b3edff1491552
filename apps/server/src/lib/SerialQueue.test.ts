import { describe, expect, it } from "vitest";
import { Latch } from "./Latch.ts";
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

  it("[SV481] runs side by side what was given so with nothing between, after all before it and before all after it", async () => {
    const queue = new SerialQueue();
    const seen: string[] = [];
    const task = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise(setImmediate);
      seen.push(`${name} ends`);
      if (name === "b") throw new Error("b failed");
      return name;
    };
    const results = await Promise.allSettled([
      queue.run(task("first")),
      queue.runBeside(task("a")),
      queue.runBeside(task("b")),
      queue.run(task("alone")),
      queue.runBeside(task("c")),
    ]);
    expect(seen).toEqual(
      [
        ["first begins", "first ends"],
        ["a begins", "b begins", "a ends", "b ends"],
        ["alone begins", "alone ends"],
        ["c begins", "c ends"],
      ].flat(),
    );
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    await queue.idle();
    expect(queue.size).toBe(0);
  });

  it("[SV522] of tasks side by side one that throws before it waits keeps none of the others from running", async () => {
    const queue = new SerialQueue();
    const results = await Promise.allSettled([
      queue.runBeside(() => {
        throw new Error("at once");
      }),
      queue.runBeside(() => Promise.resolve("beside")),
      queue.run(() => Promise.resolve("after")),
    ]);
    expect(results).toEqual([
      expect.objectContaining({ status: "rejected" }),
      { status: "fulfilled", value: "beside" },
      { status: "fulfilled", value: "after" },
    ]);
  });

  it("[SV481] what comes when they have begun waits for all of them", async () => {
    const queue = new SerialQueue();
    const seen: string[] = [];
    const opened = new Latch(false);
    const long = queue.runBeside(async () => {
      seen.push("long begins");
      await opened.wait(new AbortController().signal);
      seen.push("long ends");
    });
    await new Promise(setImmediate);
    const late = queue.runBeside(async () => void seen.push("late"));
    await new Promise(setImmediate);
    expect(seen).toEqual(["long begins"]);
    opened.set();
    await Promise.all([long, late]);
    expect(seen).toEqual(["long begins", "long ends", "late"]);
  });
});
