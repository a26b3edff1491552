import type { MockBrokerData } from "../mock/MockConfig.ts";
import { ALPACA_CAPABILITIES } from "./AlpacaCapabilities.ts";

/** A fresh Alpaca paper account has a hundred thousand dollars. */
export const ALPACA_MOCK_DATA: MockBrokerData = {
  name: "Alpaca",
  accountId: "MOCK-PA1234567890",
  startingCash: "100000",
  capabilities: ALPACA_CAPABILITIES,
};
