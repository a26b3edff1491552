import { BrokerError } from "../BrokerError.ts";
import type { BrokerDeps } from "../deps.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { MockBrokerClient } from "./MockBrokerClient.ts";
import type { MockBrokerData, MockConfig } from "./MockConfig.ts";

/**
 * The backend of a vendor that can only be mocked so far. Any other mode is refused, never quietly mocked: invented
 * money must not be taken for an account.
 * @throws BrokerError NOT_SUPPORTED
 */
export function mockOnly(
  data: MockBrokerData,
  config: MockConfig | { readonly mode: "paper" | "live" },
  deps: Partial<BrokerDeps>,
): MockBrokerClient {
  if (isMock(config)) return new MockBrokerClient(data, config, deps);
  const message = `${data.name} can be connected in mock mode only in this version, not in ${config.mode} mode`;
  throw new BrokerError(message, BrokerErrorCode.NOT_SUPPORTED, data.name);
}

/** By what is asked for, not by what is known: a mode that nobody thought of is not a mock. */
function isMock(config: MockConfig | { readonly mode: "paper" | "live" }): config is MockConfig {
  return config.mode === undefined || config.mode === "mock";
}
