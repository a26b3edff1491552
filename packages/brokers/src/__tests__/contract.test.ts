import { AlpacaClient } from "../alpaca/AlpacaClient.ts";
import type { BrokerDeps } from "../deps.ts";
import { money } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import { InteractiveBrokersClient } from "../interactive-brokers/IBClient.ts";
import type { SimulatedBrokerClient } from "../mock/faults.ts";
import type { MockConfig } from "../mock/MockConfig.ts";
import { PaperClient } from "../paper/PaperClient.ts";
import { sharedFeed } from "../paper/PaperConfig.ts";
import { limitOrder } from "../testing/builders.ts";
import { createContractHarness } from "../testing/contractHarness.ts";
import { registerBrokerContractTests } from "../testing/registerBrokerContractTests.ts";
import { StallingPaperStore } from "../testing/StallingPaperStore.ts";

const nothing = (): void => undefined;

/** In memory: a new process begins a new account. */
const mockHarness = (create: (config: MockConfig, deps: BrokerDeps) => SimulatedBrokerClient) => async () =>
  createContractHarness({
    createClient: ({ feed, deps, riskPolicy }) => create({ mode: "mock", mockLatency: 0, feed, riskPolicy }, deps),
    async breakConnection(client) {
      client.simulateError(BrokerErrorCode.CONNECTION_FAILED);
      await client.getBalances().then(nothing, nothing);
    },
  });

registerBrokerContractTests({
  name: "Interactive Brokers, mock",
  createHarness: mockHarness((config, deps) => new InteractiveBrokersClient(config, deps)),
});

registerBrokerContractTests({
  name: "Alpaca, mock",
  createHarness: mockHarness((config, deps) => new AlpacaClient(config, deps)),
});

registerBrokerContractTests({
  name: "paper, mock",
  createHarness: mockHarness((config, deps) => new PaperClient(config, deps)),
});

registerBrokerContractTests({
  name: "paper",
  createHarness: async () => {
    const store = new StallingPaperStore();
    return createContractHarness({
      createClient: ({ feed, deps, riskPolicy }) =>
        new PaperClient(
          {
            mode: "paper",
            accountId: "PAPER-1",
            startingCash: money(100_000),
            openFeed: sharedFeed(feed),
            store,
            riskPolicy,
          },
          deps,
        ),
      async breakConnection(client) {
        store.failNext("before");
        await client.placeOrder(limitOrder("MSFT", "buy", 1, 150)).then(nothing, nothing);
      },
      holdAnswers: () => store.holdUp(),
    });
  },
});
