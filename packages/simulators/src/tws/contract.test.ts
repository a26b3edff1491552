import { registerBrokerContractTests } from "@trenddojo/brokers/testing";
import { createTwsHarness } from "./testing/contractHarness.ts";

for (const maxVersion of [193, 178]) {
  registerBrokerContractTests({
    name: `Interactive Brokers, paper, over its simulator at version ${maxVersion}`,
    createHarness: () => createTwsHarness({ maxVersion }),
    omit: {
      BC52: "the gateway tells that a symbol is halted, and not why",
      BC55: "over a gateway nothing is told of splits and dividends: they are in the account's statements alone",
    },
  });
}
