import { SerialQueue } from "./SerialQueue.ts";

/** Runs the tasks of one key one after another, in the order they were given; keys do not wait for each other. */
export class KeyedQueue {
  readonly #queues = new Map<string, SerialQueue>();

  /**
   * Resolves or rejects as the task does. A task must not wait for another one of its key.
   * @param task told whether it is alone: no other one of its key was there when it came
   */
  async run<Result>(key: string, task: (isAlone: boolean) => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(key) ?? new SerialQueue();
    this.#queues.set(key, queue);
    const isAlone = queue.size === 0;
    try {
      return await queue.run(() => task(isAlone));
    } finally {
      if (queue.size === 0 && this.#queues.get(key) === queue) this.#queues.delete(key);
    }
  }
}
