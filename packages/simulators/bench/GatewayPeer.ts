import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** End every connection, move every price four times a second, or stop doing so. */
export type GatewayTask = "cut" | "tick" | "rest";

const LINES = 100;
/** Of the market that the gateway sees: QAA, QAB and so on. */
export const SYMBOLS: readonly string[] = Array.from({ length: LINES }, (_, index) => {
  const letter = (place: number): string => String.fromCodePoint(65 + (place % 26));
  return `Q${letter(Math.floor(index / 26))}${letter(index)}`;
});

const ready = z.object({ port: z.int() });

/** `gatewayProcess.ts`, in its process. */
export class GatewayPeer implements Disposable {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }

  static async start(): Promise<GatewayPeer> {
    const script = fileURLToPath(new URL("gatewayProcess.ts", import.meta.url));
    const child = fork(script, { execArgv: ["--import", "tsx"] });
    const [message] = await Promise.race([
      once(child, "message"),
      once(child, "exit").then(() => Promise.reject(new Error("the gateway ended before it listened"))),
    ]);
    return new GatewayPeer(child, ready.parse(message).port);
  }

  tell(task: GatewayTask): void {
    this.#process.send(task);
  }

  [Symbol.dispose](): void {
    this.#process.kill();
  }
}
