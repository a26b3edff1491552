import { expect, it } from "vitest";
import { until } from "../testing/until.ts";
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

it("[SV382] a task is told whether another one of its key was there, and a key that has been idle begins anew", async () => {
  const queue = new KeyedQueue();
  const told: boolean[] = [];
  const ends: (() => void)[] = [];
  const task = (isAlone: boolean): Promise<void> => {
    told.push(isAlone);
    return new Promise((resolve) => ends.push(resolve));
  };
  const first = queue.run("a", task);
  const second = queue.run("a", task);
  await until("the first begins", () => told.length === 1);
  ends[0]?.();
  await first;
  await until("the second begins", () => told.length === 2);
  // The first has ended, and the second has not: who comes now waits for it.
  const third = queue.run("a", task);
  ends[1]?.();
  await second;
  await until("the third begins", () => told.length === 3);
  ends[2]?.();
  await third;
  const later = queue.run("a", task);
  await until("the last begins", () => told.length === 4);
  ends[3]?.();
  await later;
  expect(told).toEqual([true, false, false, true]);
});
