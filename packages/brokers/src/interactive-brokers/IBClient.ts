import { BrokerError } from "../BrokerError.ts";
import { brokerDeps, type BrokerDeps } from "../deps.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { ForwardingBrokerClient } from "../ForwardingBrokerClient.ts";
import type { SimulatedBrokerClient } from "../mock/faults.ts";
import { MockBrokerClient } from "../mock/MockBrokerClient.ts";
import { assertMock } from "../mock/assertMock.ts";
import { IBBackend } from "./IBBackend.ts";
import { IB_MOCK_DATA } from "./IBMockData.ts";
import { INTERACTIVE_BROKERS } from "./ibName.ts";
import type { IBConfig } from "./IBTypes.ts";

/** Interactive Brokers: invented in mock mode, over TWS or the IB Gateway in paper mode, real money in live mode. */
export class InteractiveBrokersClient extends ForwardingBrokerClient implements SimulatedBrokerClient {
  readonly #simulated: SimulatedBrokerClient | null;

  /** @throws BrokerError NOT_SUPPORTED for a mode that is none of these, and for live that nobody acknowledged. */
  constructor(config: IBConfig = {}, deps: Partial<BrokerDeps> = {}) {
    if (config.mode === "paper" || config.mode === "live") {
      if (config.mode === "live") assertAcknowledged(config);
      super(new IBBackend(config, brokerDeps(deps)));
      this.#simulated = null;
      return;
    }
    assertMock(INTERACTIVE_BROKERS, config, "mock, paper or live mode");
    const mock = new MockBrokerClient(IB_MOCK_DATA, config, deps);
    super(mock);
    this.#simulated = mock;
  }

  simulateError(code: BrokerErrorCode, times?: number): void {
    if (this.#simulated === null) {
      throw new BrokerError("errors are simulated in mock mode only", BrokerErrorCode.NOT_SUPPORTED, this.name);
    }
    this.#simulated.simulateError(code, times);
  }
}

/** By what is asked for, not by what its type says: whoever wants real money says so. */
function assertAcknowledged({ liveAcknowledged }: { readonly liveAcknowledged?: unknown }): void {
  if (liveAcknowledged === true) return;
  throw new BrokerError("real money needs liveAcknowledged: true", BrokerErrorCode.NOT_SUPPORTED, INTERACTIVE_BROKERS);
}
