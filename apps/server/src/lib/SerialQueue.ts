/** Runs tasks one after another, in the order they were given. A task that fails does not stop the next. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;
  /** Those that begin together next; null once they have begun or something else was given after them. */
  #beside: (() => Promise<void>)[] | null = null;

  /** Tasks that have not ended, those that run side by side as one. */
  get size(): number {
    return this.#size;
  }

  /** Resolves or rejects as the task does. A task must not wait for another one of the same queue. */
  run<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#beside = null;
    this.#size += 1;
    const result = this.#last.then(task);
    this.#last = result.then(
      () => void (this.#size -= 1),
      () => void (this.#size -= 1),
    );
    return result;
  }

  /**
   * As `run`, but tasks given in this way, with nothing else between them, begin together: their order is that of their
   * first steps alone.
   */
  runBeside<Result>(task: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      // One that throws at once must not keep the others from beginning.
      const begin = async (): Promise<void> => {
        try {
          resolve(await task());
        } catch (error) {
          reject(error);
        }
      };
      if (this.#beside !== null) {
        this.#beside.push(begin);
        return;
      }
      const group = [begin];
      void this.run(async () => {
        if (this.#beside === group) this.#beside = null;
        await Promise.all(group.map((each) => each()));
      });
      this.#beside = group;
    });
  }

  /** Resolves when every task given so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
