import type { MockBrokerData } from "../mock/MockConfig.ts";
import { IB_CAPABILITIES } from "./IBCapabilities.ts";

/** An Interactive Brokers paper account begins with a million dollars. */
export const IB_MOCK_DATA: MockBrokerData = {
  name: "Interactive Brokers",
  accountId: "MOCK-DU1234567",
  startingCash: "1000000",
  capabilities: IB_CAPABILITIES,
};
