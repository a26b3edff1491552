/** Runs tasks one after another, in the order they were given. A task that fails does not stop the next. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;

  /** Tasks that have not ended. */
  get size(): number {
    return this.#size;
  }

  /** Resolves or rejects as the task does. A task must not wait for another one of the same queue. */
  run<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#size += 1;
    const result = this.#last.then(task);
    this.#last = result.then(
      () => void (this.#size -= 1),
      () => void (this.#size -= 1),
    );
    return result;
  }

  /** Resolves when every task given so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
