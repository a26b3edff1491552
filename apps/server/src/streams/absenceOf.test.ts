import { BrokerError } from "@trenddojo/brokers";
import { expect, it } from "vitest";
import { DeskError } from "../DeskError.ts";
import { absenceOf } from "./absenceOf.ts";

it.each([
  [new BrokerError("there is none", "SYMBOL_NOT_FOUND", "Alpaca"), "unknown_symbol"],
  [new BrokerError("the gateway is not there", "GATEWAY_NOT_RUNNING", "Interactive Brokers"), "not_connected"],
  [new BrokerError("no subscription", "NO_MARKET_DATA", "Interactive Brokers"), "refused"],
  [new BrokerError("nothing came", "TIMEOUT", "Alpaca"), "no_answer"],
  [new DeskError("NOT_CONNECTED", "not connected"), "not_connected"],
  [new Error("what nobody foresaw"), "no_answer"],
])("[QH23] %s is told as %s", (error, absence) => {
  expect(absenceOf(error)).toBe(absence);
});
