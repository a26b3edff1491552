import { silentLogger, type BrokerDeps } from "../../deps.ts";
import { FakeClock } from "../FakeClock.ts";
import { seededRandom } from "../seededRandom.ts";
import { ScriptedAlpaca } from "./ScriptedAlpaca.ts";

export const STAGE_KEYS = { keyId: "PK-KEY-ID-1", secretKey: "SECRET-OF-THE-KEY-1" };

/** A server that is told what to say, a clock that stands still, and what is to be closed in the end. */
export class StreamStage implements AsyncDisposable {
  readonly alpaca: ScriptedAlpaca;
  readonly clock = new FakeClock();
  readonly deps: BrokerDeps = { clock: this.clock, random: seededRandom(1), logger: silentLogger };
  readonly #opened: { close(): Promise<void> }[] = [];

  constructor(alpaca: ScriptedAlpaca) {
    this.alpaca = alpaca;
  }

  static async set(): Promise<StreamStage> {
    return new StreamStage(await ScriptedAlpaca.start());
  }

  /** Closed when the stage is. */
  keep<Connection extends { close(): Promise<void> }>(connection: Connection): Connection {
    this.#opened.push(connection);
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.#opened) await connection.close();
    await this.alpaca[Symbol.asyncDispose]();
  }
}
