import { startSimulatorProgram } from "./simulatorProgram.ts";

export interface SimulatorOptions {
  readonly key: string;
  readonly secret: string;
  /** Where its account is kept between two simulators. */
  readonly stateFile: string;
  /** A script of what goes wrong. @default nothing does */
  readonly faultsFile?: string;
  /** @default any free one */
  readonly port?: number;
}

/** An Alpaca on this machine, in a process of its own, as `pnpm sim alpaca` starts it. */
export interface Simulator extends AsyncDisposable {
  /** "http://127.0.0.1:4711" */
  readonly url: string;
  readonly port: number;
  /** SIGKILL: it has no time to say or to store anything more. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** @throws Error with what it wrote when it ends before it answers. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { key, secret, stateFile, faultsFile, port = 0 } = options;
  const account = ["--key", key, "--secret", secret, "--state", stateFile];
  const faults = faultsFile === undefined ? [] : ["--faults", faultsFile];
  const program = await startSimulatorProgram(["alpaca", "--port", String(port), ...account, ...faults]);
  const url = /"trading":"(http:[^"]+)"/.exec(program.line)?.[1];
  if (url === undefined) throw new Error(`the simulator does not say where it is: ${program.line}`);
  const kill = (): Promise<void> => program.kill();
  return { url, port: Number(new URL(url).port), kill, [Symbol.asyncDispose]: kill };
}
