import type { Clock } from "@trenddojo/brokers/domain";
import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { EngineWatch } from "./EngineWatch.ts";

export interface EngineOptions {
  /** An empty one becomes a new database. */
  readonly dataDirectory: string;
  /** Where it answers; one client at a time. */
  readonly socketPath: string;
  /** By which its thread is watched: one that is silent for 30 s is lost. @default nobody watches */
  readonly clock?: Clock | undefined;
}

const PROGRAM = new URL("./engine.mjs", import.meta.url);

/** The embedded database engine in its worker thread. */
export class Engine implements AsyncDisposable {
  /** Resolves with why, where it ended or got stuck and nobody had closed it: nothing is answered any more. */
  readonly lost: Promise<Error>;
  readonly #worker: Worker;
  #onStuck: (why: Error) => void = () => undefined;
  #closed: Promise<void> | undefined;
  #isLost = false;
  #watch: EngineWatch | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.lost = new Promise((resolve) => {
      const onEnd = (why: Error): void => {
        if (this.#closed !== undefined) return;
        this.#isLost = true;
        this.#watch?.[Symbol.dispose]();
        resolve(why);
      };
      this.#onStuck = (why) => {
        onEnd(why);
        // It has no say any more, whatever it does.
        void worker.terminate();
      };
      // An "error" comes before the "exit" and says why. Without a listener it would end the process with a stack.
      worker.once("error", onEnd).once("exit", (code) => onEnd(endedWith(code)));
    });
  }

  /**
   * @param program what the thread runs
   * @throws what the engine threw when the directory does not open; nothing keeps running then.
   */
  static async start({ clock, ...options }: EngineOptions, program: URL = PROGRAM): Promise<Engine> {
    // execArgv: the parent's loaders do not load in a worker on Node 20.
    const worker = new Worker(program, {
      workerData: options,
      execArgv: [],
      name: "database",
    });
    const engine = new Engine(worker);
    try {
      await engine.#answer("ready");
      if (clock !== undefined) engine.#watch = new EngineWatch(clock, worker, engine.#onStuck);
      return engine;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  /** Checkpoints and stops; one that is lost has stopped. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    if (this.#isLost) return;
    this.#watch?.[Symbol.dispose]();
    try {
      const closed = this.#answer("closed");
      this.#worker.postMessage("close");
      await closed;
    } finally {
      await this.#worker.terminate();
    }
  }

  /** Rejects with the worker's error, or when the worker ends without the answer. */
  async #answer(due: "ready" | "closed"): Promise<void> {
    const ended = new AbortController();
    const onExit = (code: number): void => ended.abort(endedWith(code));
    this.#worker.once("exit", onExit);
    try {
      // It throws by itself on an "error" event.
      for await (const [answer] of on(this.#worker, "message", { signal: ended.signal })) {
        // A sign of life that was still under way.
        if (answer === "alive") continue;
        if (answer !== due) throw new Error(`the database engine answered "${String(answer)}", not "${due}"`);
        return;
      }
    } catch (error) {
      throw ended.signal.aborted ? ended.signal.reason : error;
    } finally {
      this.#worker.off("exit", onExit);
    }
  }
}

function endedWith(code: number): Error {
  return new Error(`the database engine ended with code ${code}`);
}
