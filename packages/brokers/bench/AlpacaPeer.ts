import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AlpacaVenue } from "../src/alpaca/AlpacaEndpoints.ts";

/** What the other end is to say: so many orders of three updates each, or so many frames of quotes in a codec. */
export interface Speech {
  readonly kind: "orders" | "json" | "msgpack";
  readonly amount: number;
}

export type SimulatedVenue = Extract<AlpacaVenue, { kind: "simulator" }>;

/** `alpacaServer.ts`, in its process. */
export class AlpacaPeer implements Disposable {
  readonly venue: SimulatedVenue;
  /** Of an order that it knows. */
  readonly orderId: string;
  readonly #process: ChildProcess;

  constructor(server: ChildProcess, venue: SimulatedVenue, orderId: string) {
    this.#process = server;
    this.venue = venue;
    this.orderId = orderId;
  }

  static async start(): Promise<AlpacaPeer> {
    const script = fileURLToPath(new URL("alpacaServer.ts", import.meta.url));
    const server = fork(script, { execArgv: ["--import", "tsx"] });
    const { venue, orderId } = await new Promise<Pick<AlpacaPeer, "venue" | "orderId">>((resolve) =>
      server.once("message", (message: Pick<AlpacaPeer, "venue" | "orderId">) => resolve(message)),
    );
    return new AlpacaPeer(server, venue, orderId);
  }

  say(speech: Speech): void {
    this.#process.send(speech);
  }

  [Symbol.dispose](): void {
    this.#process.kill();
  }
}
