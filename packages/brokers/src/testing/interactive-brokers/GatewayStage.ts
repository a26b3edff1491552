import type { SessionCause } from "../../interactive-brokers/session/IBGateway.ts";
import { IBGateway } from "../../interactive-brokers/session/IBGateway.ts";
import type { GatewayFault } from "../../interactive-brokers/session/GatewayState.ts";
import { MESSAGE_BUDGET } from "../../interactive-brokers/IBBudget.ts";
import { RequestScheduler } from "../../rate-limit/RequestScheduler.ts";
import { FakeClock } from "../FakeClock.ts";
import { seededRandom } from "../seededRandom.ts";
import { ScriptedGateway, type GatewayScript } from "./ScriptedGateway.ts";

/** A session over a scripted gateway, and what it told its owner. */
export class GatewayStage implements AsyncDisposable {
  readonly clock = new FakeClock();
  readonly peer: ScriptedGateway;
  readonly gateway: IBGateway;
  readonly causes: SessionCause[] = [];
  readonly faults: GatewayFault[] = [];
  /** Everything that was said to the log. */
  readonly logged: string[] = [];

  private constructor(peer: ScriptedGateway, { mode, account }: StageOptions) {
    this.peer = peer;
    const log = (details: object, message: string): void =>
      void this.logged.push(`${message} ${JSON.stringify(details)}`);
    const logger = { debug: log, info: log, warn: log, error: log };
    peer.answers.set(CURRENT_TIME, () => peer.say(CURRENT_TIME, 1, Math.floor(this.clock.now() / 1_000)));
    const deps = { clock: this.clock, random: seededRandom(1), logger };
    this.gateway = new IBGateway({
      address: peer.address,
      mode: mode ?? "paper",
      ...(account === undefined ? {} : { account }),
      scheduler: new RequestScheduler({ terms: MESSAGE_BUDGET, deps }),
      deps,
      onReady: (cause) => void this.causes.push(cause),
      onLost: (fault) => void this.faults.push(fault),
    });
  }

  static async set(options: StageOptions = {}): Promise<GatewayStage> {
    return new GatewayStage(await ScriptedGateway.start(options.script), options);
  }

  /** One whose session is ready. */
  static async ready(options: StageOptions = {}): Promise<GatewayStage> {
    const stage = await GatewayStage.set(options);
    let isTimed = false;
    const forget = stage.gateway.on("currentTime", () => (isTimed = true));
    await stage.gateway.start();
    // What a session asks of its own accord is answered, so that a test has the wire to itself.
    await stage.until(() => isTimed);
    forget();
    return stage;
  }

  /** Waits, in turns of the event loop and a little fake time, for what goes over the socket. */
  until(condition: () => boolean): Promise<void> {
    return this.clock.advanceUntil(condition, 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway.close();
    await this.peer[Symbol.asyncDispose]();
  }
}

const CURRENT_TIME = "49";

interface StageOptions {
  readonly script?: GatewayScript;
  readonly mode?: "paper" | "live";
  readonly account?: string;
}
