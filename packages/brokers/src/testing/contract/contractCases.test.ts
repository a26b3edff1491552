import { describe, expect, it } from "vitest";
import type { Unsubscribe } from "../../BrokerClient.ts";
import type { BrokerCapabilities } from "../../domain/capabilities.ts";
import { unsupported } from "../../domain/capability.ts";
import { capabilityRows, type CapabilityKey } from "../../domain/capabilityRows.ts";
import { money } from "../../domain/decimal.ts";
import type { Bar } from "../../domain/marketData.ts";
import type { Order, OrderRequest, OrderResponse } from "../../domain/order.ts";
import { ForwardingBrokerClient } from "../../ForwardingBrokerClient.ts";
import { MemoryPaperStore } from "../../paper/MemoryPaperStore.ts";
import { PaperBackend } from "../../paper/PaperBackend.ts";
import { PAPER_CAPABILITIES, sharedFeed } from "../../paper/PaperConfig.ts";
import { createContractHarness, type ContractHarnessParts } from "../contractHarness.ts";
import type { ContractCase } from "./ContractCase.ts";
import { CONTRACT_CASES, obstacleOf, unprovenClaims } from "./contractCases.ts";

const denied = unsupported("a test", "not today");
/** The table with one order type, time in force, order class or other term of an order denied; of anything else, as it is. */
const without = (
  { orderTypes, timesInForce, orderClasses, ...others }: BrokerCapabilities,
  key: string,
): BrokerCapabilities => {
  const [group, member = ""] = key.split(".");
  return {
    ...others,
    orderTypes: group === "orderTypes" ? { ...orderTypes, [member]: denied } : orderTypes,
    timesInForce: group === "timesInForce" ? { ...timesInForce, [member]: denied } : timesInForce,
    orderClasses: group === "orderClasses" ? { ...orderClasses, [member]: denied } : orderClasses,
    ...(group === "extendedHours" ? { extendedHours: denied } : {}),
    ...(group === "fractional" ? { fractional: denied } : {}),
    ...(group === "notional" ? { notional: denied } : {}),
    ...(group === "trailingStop" ? { trailingStop: denied } : {}),
    ...(group === "goodTillDate" ? { goodTillDate: denied } : {}),
  };
};

type Market = Parameters<ContractHarnessParts<ForwardingBrokerClient>["createClient"]>[0];

/** The paper broker, which denies one of all that it does, and says so. */
function paperWithout(lacks: CapabilityKey | null, { feed, deps, riskPolicy }: Market): PaperBackend {
  return new PaperBackend(
    {
      name: "Paper",
      mode: "paper",
      accountId: "PAPER-1",
      startingCash: money(100_000),
      openFeed: sharedFeed(feed),
      store: new MemoryPaperStore(),
      capabilities: lacks === null ? PAPER_CAPABILITIES : without(PAPER_CAPABILITIES, lacks),
      riskPolicy,
    },
    deps,
  );
}

/** Claims all that the paper broker does, and lacks one of it. */
class BoastingClient extends ForwardingBrokerClient {
  override readonly capabilities = PAPER_CAPABILITIES;
  readonly #lacks: CapabilityKey | null;

  constructor(lacks: CapabilityKey | null, market: Market) {
    super(paperWithout(lacks, market));
    this.#lacks = lacks;
  }

  override async placeOrder(order: OrderRequest): Promise<OrderResponse> {
    if (this.#lacks === "shortSelling" && order.side === "sell") throw new Error("nothing is sold short here");
    if (this.#lacks !== "repeatedOrderIds") return super.placeOrder(order);
    const { clientOrderId: _, ...anew } = order;
    return super.placeOrder(anew);
  }
  override modifyOrder(...call: Parameters<ForwardingBrokerClient["modifyOrder"]>): Promise<boolean> {
    return this.#lacks === "modifyOrder" ? Promise.resolve(true) : super.modifyOrder(...call);
  }
  override getOrderByClientOrderId(id: string): Promise<Order | null> {
    return this.#lacks === "clientOrderIdLookup" ? Promise.resolve(null) : super.getOrderByClientOrderId(id);
  }
  override getHistoricalBars(
    ...call: Parameters<ForwardingBrokerClient["getHistoricalBars"]>
  ): Promise<readonly Bar[]> {
    return this.#lacks === "historicalBars" ? Promise.resolve([]) : super.getHistoricalBars(...call);
  }
  override subscribeToMarketData(
    ...call: Parameters<ForwardingBrokerClient["subscribeToMarketData"]>
  ): Promise<Unsubscribe> {
    return this.#lacks === "streamingQuotes" ? Promise.resolve(() => undefined) : super.subscribeToMarketData(...call);
  }
  override subscribeToOrderUpdates(
    ...call: Parameters<ForwardingBrokerClient["subscribeToOrderUpdates"]>
  ): Promise<Unsubscribe> {
    return this.#lacks === "orderUpdates" ? Promise.resolve(() => undefined) : super.subscribeToOrderUpdates(...call);
  }
}

const boaster = (lacks: CapabilityKey | null) =>
  createContractHarness({
    createClient: (market) => new BoastingClient(lacks, market),
    breakConnection: () => Promise.resolve(),
  });

async function outcomeOf({ run }: ContractCase, lacks: CapabilityKey | null): Promise<"passed" | "failed"> {
  await using harness = boaster(lacks);
  await harness.client.connect();
  return await run(harness).then(
    () => "passed",
    () => "failed",
  );
}

const CLAIMED = capabilityRows(PAPER_CAPABILITIES).flatMap(({ key, capability }) => (capability.supported ? key : []));

describe("what a capability rests on", () => {
  it("[BC23] a claim without a case is found", () => {
    expect(unprovenClaims(PAPER_CAPABILITIES, CONTRACT_CASES)).toEqual([]);
    const withoutFok = CONTRACT_CASES.filter(({ proves = [] }) => !proves.includes("timesInForce.fok"));
    expect(unprovenClaims(PAPER_CAPABILITIES, withoutFok)).toEqual(["timesInForce.fok"]);
    const withoutMoney = CONTRACT_CASES.filter(({ proves = [] }) => !proves.includes("notional"));
    expect(unprovenClaims(PAPER_CAPABILITIES, withoutMoney)).toEqual(["notional"]);
    expect(unprovenClaims({ ...PAPER_CAPABILITIES, notional: denied }, withoutMoney)).toEqual([]);
  });

  it("[BC23] a case for what the broker denies is not run, for the broker's own reason", async () => {
    await using harness = createContractHarness({
      createClient: (market) => paperWithout("fractional", market),
      breakConnection: () => Promise.resolve(),
    });
    const skipped = CONTRACT_CASES.filter(({ proves = [] }) => proves.includes("fractional"));
    expect(skipped).not.toEqual([]);
    for (const each of skipped) {
      expect(obstacleOf(each, harness)).toBe(`fractional: ${denied.reason}`);
    }
  });

  it.each(CLAIMED)("[BC23] who claims %s and does not do it fails each of its cases", async (key) => {
    for (const each of CONTRACT_CASES.filter(({ proves = [] }) => proves.includes(key))) {
      const outcomes = {
        title: each.title,
        able: await outcomeOf(each, null),
        lacking: await outcomeOf(each, key),
      };
      expect(outcomes).toEqual({ title: each.title, able: "passed", lacking: "failed" });
    }
  });
});
