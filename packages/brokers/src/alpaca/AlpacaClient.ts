import { BrokerError } from "../BrokerError.ts";
import { brokerDeps, type BrokerDeps } from "../deps.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { ForwardingBrokerClient } from "../ForwardingBrokerClient.ts";
import type { SimulatedBrokerClient } from "../mock/faults.ts";
import { MockBrokerClient } from "../mock/MockBrokerClient.ts";
import { assertMock } from "../mock/assertMock.ts";
import { ALPACA_MOCK_DATA } from "./AlpacaMockData.ts";
import { ALPACA } from "./alpacaName.ts";
import { AlpacaSession } from "./AlpacaSession.ts";
import type { AlpacaConfig } from "./AlpacaTypes.ts";

/** Alpaca: invented in mock mode, its paper environment in paper mode, real money in live mode. */
export class AlpacaClient extends ForwardingBrokerClient implements SimulatedBrokerClient {
  readonly #simulated: SimulatedBrokerClient | null;

  /**
   * @throws BrokerError NOT_SUPPORTED for a mode that is none of these, for live that nobody acknowledged, and for a
   * venue that the mode may not reach.
   */
  constructor(config: AlpacaConfig = {}, deps: Partial<BrokerDeps> = {}) {
    if (config.mode === "paper" || config.mode === "live") {
      if (config.mode === "live") assertAcknowledged(config);
      super(new AlpacaSession(config, brokerDeps(deps)));
      this.#simulated = null;
      return;
    }
    assertMock(ALPACA, config, "mock, paper or live mode");
    const mock = new MockBrokerClient(ALPACA_MOCK_DATA, config, deps);
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
  throw new BrokerError("real money needs liveAcknowledged: true", BrokerErrorCode.NOT_SUPPORTED, ALPACA);
}
