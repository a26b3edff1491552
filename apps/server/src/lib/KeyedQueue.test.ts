import { expect, it } from "vitest";
import { KeyedQueue } from "./KeyedQueue.ts";

it("[LQ4] tasks of one key wait for each other, also for one that fails; another key's do not", async () => {
  const queue = new KeyedQueue();
  const done: string[] = [];
  let fail = (_error: Error): void => undefined;
  const first = queue.run("a", () => new Promise<never>((_resolve, reject) => (fail = reject)));
  const second = queue.run("a", async () => done.push("second of a"));
  await queue.run("b", async () => done.push("b"));
  expect(done).toEqual(["b"]);
  fail(new Error("failed"));
  await expect(first).rejects.toThrow("failed");
  await second;
  expect(done).toEqual(["b", "second of a"]);
});
