import { BrokerError } from "../BrokerError.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { show } from "../rules/orderFields.ts";
import type { MockConfig } from "./MockConfig.ts";

/** What a client may be given: a mock's configuration, or one of a mode that is its own. */
type ModeConfig = MockConfig | { readonly mode: "paper" | "live" };

/**
 * By what is asked for, not by what is known: a mode that nobody thought of is not a mock, and neither is `mockMode: false`.
 * @param offered "mock or paper mode", for the refusal.
 * @throws BrokerError NOT_SUPPORTED
 */
export function assertMock(name: string, config: ModeConfig, offered: string): asserts config is MockConfig {
  if (isMock(config)) return;
  const asked = config.mode === undefined ? "a mode that is not told" : `${show(config.mode)} mode`;
  const message = `${name} can be connected in ${offered} in this version, not in ${asked}`;
  throw new BrokerError(message, BrokerErrorCode.NOT_SUPPORTED, name);
}

function isMock(config: ModeConfig): config is MockConfig {
  if (config.mode !== undefined && config.mode !== "mock") return false;
  const { mockMode = true }: { readonly mockMode?: unknown } = config;
  return mockMode === true;
}
