import type { Clock } from "@trenddojo/brokers/domain";
import type { Worker } from "node:worker_threads";

const LOOK_MS = 1_000;
/** So many looks in a row may find no sign of life: longer than any statement of the desk takes. */
const LOOKS = 30;

/**
 * Notices that an engine's thread is stuck: it lives, and nothing is answered any more. The thread is asked for a sign of
 * life, which it gives whenever it waits for more to do, so that a long queue of statements is no silence. Looks are
 * counted, not time: while a machine slept the thread slept too.
 */
export class EngineWatch implements Disposable {
  readonly #clock: Clock;
  readonly #worker: Worker;
  readonly #onStuck: (why: Error) => void;
  #timer: Disposable | null = null;
  /** Looks since it was asked; none while it owes nothing. */
  #silent = 0;

  /** @param onStuck called once; the watch is over then */
  constructor(clock: Clock, worker: Worker, onStuck: (why: Error) => void) {
    this.#clock = clock;
    this.#worker = worker;
    this.#onStuck = onStuck;
    worker.on("message", this.#onMessage);
    this.#await();
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#worker.off("message", this.#onMessage);
  }

  #await(): void {
    this.#timer = this.#clock.setTimer(LOOK_MS, () => this.#look());
  }

  #look(): void {
    if (this.#silent === LOOKS) {
      this[Symbol.dispose]();
      this.#onStuck(new Error(`the database engine has given no sign of life for ${(LOOKS * LOOK_MS) / 1_000} s`));
      return;
    }
    if (this.#silent === 0) this.#worker.postMessage("alive?");
    this.#silent += 1;
    this.#await();
  }

  readonly #onMessage = (message: unknown): void => {
    if (message === "alive") this.#silent = 0;
  };
}
