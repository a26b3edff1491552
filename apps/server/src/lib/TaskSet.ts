import type { Logger } from "pino";

/** Work that nobody waits for but the owner, at its end. A failure is logged, never lost and never unhandled. */
export class TaskSet {
  readonly #tasks = new Set<Promise<void>>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(name: string, work: Promise<unknown>): void {
    const task: Promise<void> = work.then(
      () => void this.#tasks.delete(task),
      (err: unknown) => {
        this.#tasks.delete(task);
        this.#log.error({ err, task: name }, "background task failed");
      },
    );
    this.#tasks.add(task);
  }

  /** Resolves when all work, and what it added meanwhile, has ended. */
  async idle(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }
}
