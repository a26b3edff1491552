import type { BrokerClient } from "../BrokerClient.ts";
import { BrokerError } from "../BrokerError.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";

/** A client whose errors can be made to order, for tests and demonstrations. */
export interface SimulatedBrokerClient extends BrokerClient {
  /**
   * The next `times` calls fail with `code`. A code that means a lost connection also drops it, until `connect`; one whose
   * outcome is unknown fails *after* the call took effect, as a lost answer does.
   * @throws BrokerError NOT_SUPPORTED outside mock mode.
   */
  simulateError(code: BrokerErrorCode, times?: number): void;
}

const DROPPING: readonly BrokerErrorCode[] = [
  BrokerErrorCode.CONNECTION_FAILED,
  BrokerErrorCode.AUTHENTICATION_FAILED,
  BrokerErrorCode.GATEWAY_NOT_RUNNING,
  BrokerErrorCode.SESSION_EXPIRED,
];

export interface Fault {
  readonly error: BrokerError;
  /** The connection is gone with it. */
  readonly drops: boolean;
  /** The call takes effect, and only its answer is lost. */
  readonly isAnswerLost: boolean;
}

/** The errors that a mock was told to make. */
export class Faults {
  readonly #broker: string;
  #code: BrokerErrorCode = BrokerErrorCode.UNKNOWN;
  #left = 0;

  constructor(broker: string) {
    this.#broker = broker;
  }

  /** Replaces what was left of an earlier one. @throws RangeError unless `times` is above zero. */
  simulate(code: BrokerErrorCode, times: number): void {
    if (!(times > 0)) throw new RangeError(`times is above zero, not ${times}`);
    this.#code = code;
    this.#left = times;
  }

  /** The fault of this call; null where it goes well. */
  take(): Fault | null {
    if (this.#left <= 0) return null;
    this.#left -= 1;
    const error = new BrokerError(`simulated ${this.#code}`, this.#code, this.#broker);
    return { error, drops: DROPPING.includes(this.#code), isAnswerLost: error.outcome === "unknown" };
  }
}
