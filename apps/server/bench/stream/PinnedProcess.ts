import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const HAS_TASKSET = spawnSync("taskset", ["--version"]).status === 0;

/** A program of this folder on a core of its own, where the machine can pin it; it answers one question at a time. */
export class PinnedProcess implements AsyncDisposable {
  static readonly isPinned = HAS_TASKSET;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  /** @param program its file, beside this one. */
  constructor(program: string, core: number) {
    const file = fileURLToPath(new URL(program, import.meta.url));
    const node = [process.execPath, "--import", "tsx", file];
    const [command = "", ...args] = HAS_TASKSET ? ["taskset", "-c", `${core}`, ...node] : node;
    this.#process = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#exited = once(this.#process, "exit");
  }

  /** @throws Error where it ends before it has answered */
  async ask(question: Readonly<Record<string, unknown>>): Promise<unknown> {
    const gone = this.#exited.then(() => {
      throw new Error(`the process ended at ${JSON.stringify(question).slice(0, 80)}`);
    });
    const answered = once(this.#process, "message").then(([answer]: unknown[]) => answer);
    this.#process.send(question);
    return Promise.race([answered, gone]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill("SIGKILL");
    await this.#exited;
  }
}
