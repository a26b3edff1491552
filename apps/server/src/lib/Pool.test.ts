import { describe, expect, it } from "vitest";
import { Pool } from "./Pool.ts";

describe("the pool", () => {
  it("[LP1] runs at most its size at once, in order, and is full when enough wait", async () => {
    const pool = new Pool({ size: 2, maxWaiting: 2 });
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const task = async () => {
      most = Math.max(most, (running += 1));
      await new Promise<void>((resolve) => release.push(resolve));
      running -= 1;
    };
    const tasks = [1, 2, 3, 4].map(() => pool.run(task));
    expect(pool.isFull).toBe(true);
    for (let count = 0; count < 4; count += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      release.shift()?.();
    }
    await Promise.all(tasks);
    expect(most).toBe(2);
    expect(pool.isFull).toBe(false);
  });
});
