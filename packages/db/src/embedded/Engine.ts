import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

export interface EngineOptions {
  /** Made where it is missing; its parent must exist. */
  readonly dataDirectory: string;
  /** A dump to begin from, where the directory is empty; null makes a new database. */
  readonly templatePath: string | null;
}

/** sun_path has 108 bytes on Linux and 104 on macOS, the closing zero included. */
const MAX_SOCKET_PATH = 103;

/** The embedded database engine in its worker thread, and the private socket that it answers on. One client at a time. */
export class Engine implements AsyncDisposable {
  readonly socketPath: string;
  readonly #worker: Worker;
  readonly #socketDirectory: string;
  #closed: Promise<void> | undefined;

  private constructor(worker: Worker, socketDirectory: string, socketPath: string) {
    this.#worker = worker;
    this.#socketDirectory = socketDirectory;
    this.socketPath = socketPath;
  }

  /** @throws what the engine threw when the directory or the template does not open; nothing keeps running then. */
  static async start({ dataDirectory, templatePath }: EngineOptions): Promise<Engine> {
    const socketDirectory = await makeSocketDirectory();
    const socketPath = join(socketDirectory, "db");
    // execArgv: the parent's loaders do not load in a worker on Node 20.
    const worker = new Worker(new URL("./engine.mjs", import.meta.url), {
      workerData: { dataDirectory, socketPath, templatePath },
      execArgv: [],
      name: "database",
    });
    const engine = new Engine(worker, socketDirectory, socketPath);
    try {
      await engine.#answer("ready");
      return engine;
    } catch (error) {
      await worker.terminate();
      await rm(socketDirectory, { recursive: true, force: true });
      throw error;
    }
  }

  /** Writes the whole database to `path`, gzipped, for `templatePath`. No client may be connected. */
  async dump(path: string): Promise<void> {
    const dumped = this.#answer("dumped");
    this.#worker.postMessage({ type: "dump", path });
    await dumped;
  }

  /** Checkpoints and stops. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    try {
      const closed = this.#answer("closed");
      this.#worker.postMessage({ type: "close" });
      await closed;
    } finally {
      await this.#worker.terminate();
      await rm(this.#socketDirectory, { recursive: true, force: true });
    }
  }

  /** Rejects with the worker's error, or when the worker ends without the answer. */
  async #answer(type: string): Promise<void> {
    const ended = new AbortController();
    const onExit = (code: number): void => ended.abort(new Error(`the database engine ended with code ${code}`));
    this.#worker.once("exit", onExit);
    try {
      // `once` rejects by itself on an "error" event.
      const [message] = await once(this.#worker, "message", { signal: ended.signal });
      if (message?.type !== type) throw new Error(`the database engine answered "${message?.type}", not "${type}"`);
    } catch (error) {
      throw ended.signal.aborted ? ended.signal.reason : error;
    } finally {
      this.#worker.off("exit", onExit);
    }
  }
}

/** Readable by this user only (mkdtemp makes it 0700), which is the database's only door lock. */
async function makeSocketDirectory(): Promise<string> {
  for (const parent of [tmpdir(), "/tmp"]) {
    const prefix = join(parent, "trenddojo-");
    if (Buffer.byteLength(prefix) + "XXXXXX/db".length > MAX_SOCKET_PATH) continue;
    const directory = await mkdtemp(prefix);
    await chmod(directory, 0o700);
    return directory;
  }
  throw new Error("no directory for temporary files has a path short enough for a socket");
}
