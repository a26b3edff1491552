import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = path.resolve(fileURLToPath(import.meta.url), "../../packages/simulators/sim.mjs");

/** A simulated broker in a process of its own, as `pnpm sim` starts it. */
export interface SimulatorProgram {
  /** Its first line, JSON: where it answers. */
  readonly line: string;
  /** SIGKILL: it has no time to say or to store anything more. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** @throws Error with what it wrote when it ends before it answers. */
export async function startSimulatorProgram(args: readonly string[]): Promise<SimulatorProgram> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, "exit");
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    void exited.then(() => reject(new Error(`the simulator ended before it answered:\n${errors}`)));
  });
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await exited;
    }
  };
  return { line, kill };
}
