import { once } from "node:events";
import { Worker } from "node:worker_threads";

export interface EngineOptions {
  /** An empty one becomes a new database. */
  readonly dataDirectory: string;
  /** Where it answers; one client at a time. */
  readonly socketPath: string;
}

const PROGRAM = new URL("./engine.mjs", import.meta.url);

/** The embedded database engine in its worker thread. */
export class Engine implements AsyncDisposable {
  /** Resolves with why, where it ended and nobody had closed it: nothing is answered any more. */
  readonly lost: Promise<Error>;
  readonly #worker: Worker;
  #closed: Promise<void> | undefined;
  #isLost = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.lost = new Promise((resolve) => {
      const onEnd = (why: Error): void => {
        if (this.#closed !== undefined) return;
        this.#isLost = true;
        resolve(why);
      };
      // An "error" comes before the "exit" and says why. Without a listener it would end the process with a stack.
      worker.once("error", onEnd).once("exit", (code) => onEnd(endedWith(code)));
    });
  }

  /**
   * @param program what the thread runs
   * @throws what the engine threw when the directory does not open; nothing keeps running then.
   */
  static async start(options: EngineOptions, program: URL = PROGRAM): Promise<Engine> {
    // execArgv: the parent's loaders do not load in a worker on Node 20.
    const worker = new Worker(program, {
      workerData: options,
      execArgv: [],
      name: "database",
    });
    const engine = new Engine(worker);
    try {
      await engine.#answer("ready");
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
      // `once` rejects by itself on an "error" event.
      const [answer] = await once(this.#worker, "message", { signal: ended.signal });
      if (answer !== due) throw new Error(`the database engine answered "${answer}", not "${due}"`);
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
