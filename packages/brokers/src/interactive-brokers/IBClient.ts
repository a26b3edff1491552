import type { BrokerDeps } from "../deps.ts";
import type { BrokerErrorCode } from "../domain/errorCode.ts";
import { ForwardingBrokerClient } from "../ForwardingBrokerClient.ts";
import type { SimulatedBrokerClient } from "../mock/faults.ts";
import { mockOnly } from "../mock/mockOnly.ts";
import { IB_MOCK_DATA } from "./IBMockData.ts";
import type { IBConfig } from "./IBTypes.ts";

/** Interactive Brokers. */
export class InteractiveBrokersClient extends ForwardingBrokerClient implements SimulatedBrokerClient {
  readonly #simulated: SimulatedBrokerClient;

  /** @throws BrokerError NOT_SUPPORTED for any mode but mock: there is no session with TWS in this version. */
  constructor(config: IBConfig = {}, deps: Partial<BrokerDeps> = {}) {
    const mock = mockOnly(IB_MOCK_DATA, config, deps);
    super(mock);
    this.#simulated = mock;
  }

  simulateError(code: BrokerErrorCode, times?: number): void {
    this.#simulated.simulateError(code, times);
  }
}
