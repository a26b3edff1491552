import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SERVER = path.resolve(fileURLToPath(import.meta.url), "../../apps/server");

export interface DeskOptions {
  /** Kept between two desks for a restart; a fresh temporary folder otherwise. */
  readonly dataDir?: string;
  readonly port?: number;
  /** What is run in the server's folder. @default the desk itself */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A desk in a process of its own, as a person starts it. Disposing of it stops it cleanly. */
export interface Desk extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

/** @throws Error with what the desk wrote when it ends before it listens. */
export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "desk-")));
  const child = spawn(process.execPath, ["--import", "tsx", options.program ?? "src/main.ts"], {
    cwd: SERVER,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      TMPDIR: process.env["TMPDIR"],
      NODE_ENV: "production",
      PORT: String(options.port ?? 0),
      DATA_DIR: dataDir,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, "exit");

  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = /https?:\/\/\S+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error(`the desk ended before it listened:\n${errors}`)));
  });

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await exited;
    }
    return child.exitCode;
  };
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
