import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startSimulatorProgram, type SimulatorProgram } from "./simulatorProgram.ts";

/** What became of an order at the simulated gateway, or a request of one: a line of its journal. */
export interface GatewayEntry {
  readonly kind: string;
  readonly orderRef?: string;
  readonly orderId?: number;
  /** Of an order: "taken", "working", "filled", "cancelled". */
  readonly event?: string;
  /** Of a request: "placeOrder". */
  readonly request?: string;
  readonly whatIf?: boolean;
  readonly order?: { readonly symbol: string };
}

/** A gateway of Interactive Brokers on this machine, as `pnpm sim tws` starts it: the same account over kills. */
export interface SimulatedGateway extends AsyncDisposable {
  readonly port: number;
  kill(): Promise<void>;
  /** On the same port, with its account as it was. @param faults what goes wrong from then on @default nothing does */
  restart(faults?: readonly object[]): Promise<void>;
  /** All of its lives, oldest first. */
  journal(): Promise<readonly GatewayEntry[]>;
}

/** @throws Error with what it wrote when it ends before it answers. */
export async function startGateway(account: string): Promise<SimulatedGateway> {
  const folder = await mkdtemp(path.join(tmpdir(), "gateway-"));
  const file = (name: string) => path.join(folder, name);
  const start = async (port: number, faults: readonly object[]): Promise<SimulatorProgram> => {
    await writeFile(file("faults.jsonl"), faults.map((rule) => `${JSON.stringify(rule)}\n`).join(""));
    const kept = [
      "--state",
      file("account.json"),
      "--journal",
      file("journal.jsonl"),
      "--faults",
      file("faults.jsonl"),
    ];
    return startSimulatorProgram(["tws", "--port", String(port), "--accounts", account, ...kept]);
  };
  let program = await start(0, []);
  const port = Number(/"port":(\d+)/.exec(program.line)?.[1]);
  return {
    port,
    kill: () => program.kill(),
    restart: async (faults = []) => {
      program = await start(port, faults);
    },
    journal: async () => {
      const text = await readFile(file("journal.jsonl"), "utf8");
      // The last line may not be whole yet.
      return text
        .split("\n")
        .slice(0, -1)
        .map((line): GatewayEntry => JSON.parse(line));
    },
    [Symbol.asyncDispose]: async () => {
      await program.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
