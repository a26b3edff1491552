import { brokerDeps, type BrokerDeps } from "../deps.ts";
import { BrokerError } from "../BrokerError.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { ForwardingBrokerClient } from "../ForwardingBrokerClient.ts";
import type { SimulatedBrokerClient } from "../mock/faults.ts";
import { MockBrokerClient } from "../mock/MockBrokerClient.ts";
import type { MockConfig } from "../mock/MockConfig.ts";
import { assertMock } from "../mock/assertMock.ts";
import { PaperBackend } from "./PaperBackend.ts";
import { paperCapabilities, type PaperBackendConfig } from "./PaperConfig.ts";

export type PaperClientConfig = MockConfig | (Omit<PaperBackendConfig, "name" | "mode"> & { readonly mode: "paper" });

const NAME = "Paper";

/** The built-in paper broker: in memory in mock mode, kept in its store in paper mode. */
export class PaperClient extends ForwardingBrokerClient implements SimulatedBrokerClient {
  readonly #simulated: SimulatedBrokerClient | null;

  /** @throws BrokerError NOT_SUPPORTED for any mode but these two. */
  constructor(config: PaperClientConfig = {}, deps: Partial<BrokerDeps> = {}) {
    if (config.mode === "paper") {
      super(new PaperBackend({ ...config, name: NAME }, brokerDeps(deps)));
      this.#simulated = null;
      return;
    }
    assertMock(NAME, config, "mock or paper mode");
    // Without a feed of its own the mock invents prices at all hours.
    const capabilities = paperCapabilities(config.feed?.description ?? { alwaysOpen: true });
    const data = { name: NAME, accountId: "MOCK-PAPER", startingCash: "100000", capabilities };
    const mock = new MockBrokerClient(data, config, deps);
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
