import { spawn, spawnSync } from "node:child_process";
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

/** Starts a command as a container does: in a process namespace of its own, which ends with it. */
const UNSHARE = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;

/** Why `inNamespace` cannot be had here; null where it can. */
export function whyNoNamespace(): string | null {
  const [command, ...options] = UNSHARE;
  const tried = spawnSync(command, [...options, "true"], { encoding: "utf8" });
  if (tried.status === 0) return null;
  return `no process namespace can be made here: ${tried.error?.message ?? tried.stderr.trim()}`;
}

export interface SpawnOptions {
  /** @default false */
  readonly inNamespace?: boolean;
}

export function spawnScript(name: string, args: readonly string[], { inNamespace = false }: SpawnOptions = {}): Script {
  const path = fileURLToPath(new URL(`./scripts/${name}`, import.meta.url));
  const [command, ...before] = inNamespace ? ([...UNSHARE, process.execPath] as const) : ([process.execPath] as const);
  const child = spawn(command, [...before, "--import", "tsx", path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
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
