import { registerBrokerContractTests } from "@trenddojo/brokers/testing";
import { createAlpacaHarness } from "./testing/contractHarness.ts";

registerBrokerContractTests({
  name: "Alpaca, paper, over its simulator",
  createHarness: createAlpacaHarness,
});
