import { describe, expect, it, type TestContext } from "vitest";
import type { BrokerContractHarness, ContractRule } from "./contract/ContractCase.ts";
import { CONTRACT_CASES, obstacleOf, unprovenClaims } from "./contract/contractCases.ts";

export interface BrokerContractOptions {
  /** "Alpaca over its simulator". */
  readonly name: string;
  /** A broker of its own for each case. */
  readonly createHarness: () => Promise<BrokerContractHarness>;
  /** Rules that this broker does not keep, each with the reason; they show as skipped tests that say it. */
  readonly omit?: Readonly<Partial<Record<ContractRule, string>>>;
}

/**
 * Registers the tests that every BrokerClient must pass, whatever stands behind it: the rules BC1 to BC54 of SPEC.md. A
 * case for what the broker denies is skipped with the broker's own reason; what it claims must have a case that ran.
 */
export function registerBrokerContractTests({ name, createHarness, omit = {} }: BrokerContractOptions): void {
  describe(`the broker contract: ${name}`, () => {
    for (const each of CONTRACT_CASES) {
      const { rule, title, isConnected = true, run } = each;
      const reason = omit[rule];
      const test = async (context: TestContext): Promise<void> => {
        await using harness = await createHarness();
        const obstacle = obstacleOf(each, harness);
        if (obstacle !== undefined) context.skip(obstacle);
        if (isConnected) await harness.client.connect();
        await run(harness);
      };
      // oxlint-disable-next-line vitest/expect-expect -- the case expects
      it.runIf(reason === undefined)(`[${rule}] ${title}${reason === undefined ? "" : ` (omitted: ${reason})`}`, test);
    }

    it("[BC23] a case exercises every capability that it claims", async () => {
      await using harness = await createHarness();
      const kept = CONTRACT_CASES.filter(
        (each) => omit[each.rule] === undefined && obstacleOf(each, harness) === undefined,
      );
      expect(unprovenClaims(harness.client.capabilities, kept)).toEqual([]);
    });
  });
}
