import { describe, it } from "vitest";
import { ACCOUNT_CASES } from "./contract/accountCases.ts";
import { CONNECTION_CASES } from "./contract/connectionCases.ts";
import type { BrokerContractHarness, ContractCase, ContractRule } from "./contract/ContractCase.ts";
import { IDENTITY_CASES } from "./contract/identityCases.ts";
import { MARKET_DATA_CASES } from "./contract/marketDataCases.ts";
import { ORDER_CASES } from "./contract/orderCases.ts";
import { RISK_CASES } from "./contract/riskCases.ts";
import { SPECIAL_ORDER_CASES } from "./contract/specialOrderCases.ts";
import { UPDATE_CASES } from "./contract/updateCases.ts";

export interface BrokerContractOptions {
  /** "Alpaca over its simulator". */
  readonly name: string;
  /** A broker of its own for each case. */
  readonly createHarness: () => Promise<BrokerContractHarness>;
  /** Rules that this broker does not keep, each with the reason; they show as skipped tests that say it. */
  readonly omit?: Readonly<Partial<Record<ContractRule, string>>>;
}

const CASES: readonly ContractCase[] = [
  ...CONNECTION_CASES,
  ...ACCOUNT_CASES,
  ...ORDER_CASES,
  ...SPECIAL_ORDER_CASES,
  ...IDENTITY_CASES,
  ...UPDATE_CASES,
  ...MARKET_DATA_CASES,
  ...RISK_CASES,
];

/** Registers the tests that every BrokerClient must pass, whatever stands behind it: the rules BC1 to BC49 of SPEC.md. */
export function registerBrokerContractTests({ name, createHarness, omit = {} }: BrokerContractOptions): void {
  describe(`the broker contract: ${name}`, () => {
    for (const { rule, title, isConnected = true, run } of CASES) {
      const reason = omit[rule];
      const test = async (): Promise<void> => {
        await using harness = await createHarness();
        if (isConnected) await harness.client.connect();
        await run(harness);
      };
      // oxlint-disable-next-line vitest/expect-expect -- the case expects
      it.runIf(reason === undefined)(`[${rule}] ${title}${reason === undefined ? "" : ` (omitted: ${reason})`}`, test);
    }
  });
}
