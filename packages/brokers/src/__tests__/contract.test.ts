import { AlpacaClient } from "../alpaca/AlpacaClient.ts";
import { money } from "../domain/decimal.ts";
import { InteractiveBrokersClient } from "../interactive-brokers/IBClient.ts";
import { MemoryPaperStore } from "../paper/MemoryPaperStore.ts";
import { PaperClient } from "../paper/PaperClient.ts";
import { sharedFeed } from "../paper/PaperConfig.ts";
import { createManualHarness } from "../testing/manualHarness.ts";
import { registerBrokerContractTests } from "../testing/registerBrokerContractTests.ts";

registerBrokerContractTests({
  name: "Interactive Brokers, mock",
  createHarness: async () =>
    createManualHarness(
      ({ feed, deps }) => new InteractiveBrokersClient({ mockMode: true, mockLatency: 0, feed }, deps),
    ),
});

registerBrokerContractTests({
  name: "Alpaca, mock",
  createHarness: async () =>
    createManualHarness(({ feed, deps }) => new AlpacaClient({ mode: "mock", mockLatency: 0, feed }, deps)),
});

registerBrokerContractTests({
  name: "paper, mock",
  createHarness: async () =>
    createManualHarness(({ feed, deps }) => new PaperClient({ mode: "mock", mockLatency: 0, feed }, deps)),
});

registerBrokerContractTests({
  name: "paper",
  createHarness: async () =>
    createManualHarness(
      ({ feed, deps }) =>
        new PaperClient(
          {
            mode: "paper",
            accountId: "PAPER-1",
            startingCash: money(100_000),
            openFeed: sharedFeed(feed),
            store: new MemoryPaperStore(),
          },
          deps,
        ),
    ),
});
