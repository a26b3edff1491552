import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const answer = z.union([
  z.strictObject({ id: z.number(), result: z.unknown() }),
  z.strictObject({ id: z.number(), error: z.string() }),
]);

/** A program of this package in a process of its own, which answers one question at a time. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #asked = 0;
  #errors = "";
  readonly #exited: Promise<unknown>;

  /** @param program its file, beside the caller's `import.meta.url`; `options` is its only argument, as JSON. */
  constructor(program: URL, options: unknown) {
    this.#process = fork(fileURLToPath(program), [JSON.stringify(options)], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#process.stderr?.on("data", (chunk: Buffer) => (this.#errors = (this.#errors + String(chunk)).slice(-20_000)));
    this.#process.on("message", (message) => this.#onMessage(message));
    this.#exited = once(this.#process, "exit").then(() => {
      for (const waiting of this.#waiting.values()) waiting.reject(new ChildGone(this.#errors));
      this.#waiting.clear();
    });
    // A kill may come between two questions.
    this.#process.on("error", () => undefined);
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** What it wrote to stderr, the end of it. */
  get errors(): string {
    return this.#errors;
  }

  /** @throws ChildGone where it is dead, or dies before it has answered; Error with what it could not do */
  async ask(question: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (!this.isAlive) throw new ChildGone(this.#errors);
    const id = (this.#asked += 1);
    const asked = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#process.send({ id, ...question }, (error) => {
      if (error !== null) this.#waiting.get(id)?.reject(new ChildGone(this.#errors));
    });
    return asked;
  }

  /** SIGKILL: it has no time to say or to store anything more. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.isAlive) this.#process.kill("SIGKILL");
    await this.#exited;
  }

  /** Resolves when it is gone, whoever ended it. */
  async gone(): Promise<void> {
    await this.#exited;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  #onMessage(message: unknown): void {
    const said = answer.parse(message);
    const waiting = this.#waiting.get(said.id);
    this.#waiting.delete(said.id);
    if ("error" in said) waiting?.reject(new Error(said.error));
    else waiting?.resolve(said.result);
  }
}

/** The process is no more. */
export class ChildGone extends Error {
  override readonly name = "ChildGone";

  constructor(errors: string) {
    super(`the process has ended${errors === "" ? "" : `, having said:\n${errors}`}`);
  }
}
