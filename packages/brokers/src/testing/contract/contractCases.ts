import { capabilityRows, type CapabilityKey } from "../../domain/capabilityRows.ts";
import type { BrokerCapabilities } from "../../domain/capabilities.ts";
import { ACCOUNT_CASES } from "./accountCases.ts";
import { CAPABILITY_CASES } from "./capabilityCases.ts";
import { CONNECTION_CASES } from "./connectionCases.ts";
import type { BrokerContractHarness, ContractCase } from "./ContractCase.ts";
import { HOSTILE_CASES } from "./hostileCases.ts";
import { IDENTITY_CASES } from "./identityCases.ts";
import { MARKET_DATA_CASES } from "./marketDataCases.ts";
import { ACCOUNT_EVENT_CASES, NEWS_CASES } from "./newsCases.ts";
import { ORDER_CASES } from "./orderCases.ts";
import { REASON_CASES } from "./reasonCases.ts";
import { REFUSAL_CASES } from "./refusalCases.ts";
import { RISK_CASES } from "./riskCases.ts";
import { SESSION_CASES } from "./sessionCases.ts";
import { TIME_IN_FORCE_CASES } from "./timeInForceCases.ts";
import { SPECIAL_ORDER_CASES } from "./specialOrderCases.ts";
import { UPDATE_CASES } from "./updateCases.ts";

/** All that a broker is held to. */
export const CONTRACT_CASES: readonly ContractCase[] = [
  ...CONNECTION_CASES,
  ...ACCOUNT_CASES,
  ...ORDER_CASES,
  ...TIME_IN_FORCE_CASES,
  ...SPECIAL_ORDER_CASES,
  ...SESSION_CASES,
  ...IDENTITY_CASES,
  ...CAPABILITY_CASES,
  ...UPDATE_CASES,
  ...MARKET_DATA_CASES,
  ...NEWS_CASES,
  ...ACCOUNT_EVENT_CASES,
  ...REASON_CASES,
  ...RISK_CASES,
  ...REFUSAL_CASES,
  ...HOSTILE_CASES,
];

/** Why a case is not run on a harness; undefined where it is: what a broker denies it need not do. */
export function obstacleOf(
  { proves = [], obstacle }: ContractCase,
  harness: BrokerContractHarness,
): string | undefined {
  const denied = capabilityRows(harness.client.capabilities).find(
    ({ key, capability }) => !capability.supported && proves.includes(key),
  );
  return denied === undefined ? obstacle?.(harness) : `${denied.key}: ${denied.capability.reason}`;
}

/** The capabilities that are claimed and that no case of `cases` exercises. */
export function unprovenClaims(
  capabilities: BrokerCapabilities,
  cases: readonly ContractCase[],
): readonly CapabilityKey[] {
  const proven = new Set(cases.flatMap(({ proves = [] }) => proves));
  return capabilityRows(capabilities).flatMap(({ key, capability }) =>
    capability.supported && !proven.has(key) ? key : [],
  );
}
