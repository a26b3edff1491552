import type { BrokerDeps } from "../deps.ts";
import type { BrokerErrorCode } from "../domain/errorCode.ts";
import { ForwardingBrokerClient } from "../ForwardingBrokerClient.ts";
import type { SimulatedBrokerClient } from "../mock/faults.ts";
import { mockOnly } from "../mock/mockOnly.ts";
import { ALPACA_MOCK_DATA } from "./AlpacaMockData.ts";
import type { AlpacaConfig } from "./AlpacaTypes.ts";

/** Alpaca. */
export class AlpacaClient extends ForwardingBrokerClient implements SimulatedBrokerClient {
  readonly #simulated: SimulatedBrokerClient;

  /** @throws BrokerError NOT_SUPPORTED for any mode but mock: nothing here speaks to Alpaca in this version. */
  constructor(config: AlpacaConfig = {}, deps: Partial<BrokerDeps> = {}) {
    const mock = mockOnly(ALPACA_MOCK_DATA, config, deps);
    super(mock);
    this.#simulated = mock;
  }

  simulateError(code: BrokerErrorCode, times?: number): void {
    this.#simulated.simulateError(code, times);
  }
}
