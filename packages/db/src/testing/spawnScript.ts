import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of its own that runs one of `scripts/`. Ends with the test, whatever happens. */
export interface Script extends AsyncDisposable {
  readonly pid: number;
  /** The next line of its output; null when it has ended. */
  nextLine(): Promise<string | null>;
  /** All further lines. */
  rest(): Promise<string[]>;
  /** Tells it to end in good order, by closing its input. */
  end(): void;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export function spawnScript(name: string, args: readonly string[]): Script {
  const path = fileURLToPath(new URL(`./scripts/${name}`, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} did not start`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  const nextLine = async (): Promise<string | null> => {
    const { value, done } = await lines.next();
    return done === true ? null : value;
  };
  return {
    pid,
    ended,
    nextLine,
    async rest() {
      const rest: string[] = [];
      for (let line = await nextLine(); line !== null; line = await nextLine()) rest.push(line);
      return rest;
    },
    end: () => child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
