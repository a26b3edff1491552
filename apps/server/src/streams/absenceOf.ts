import { BrokerError } from "@trenddojo/brokers";
import type { BrokerErrorCode } from "@trenddojo/brokers/domain";
import { DeskError } from "../DeskError.ts";
import type { Absence } from "../wire/marketData.ts";

const OF_BROKER: Partial<Record<BrokerErrorCode, Absence>> = {
  SYMBOL_NOT_FOUND: "unknown_symbol",
  CONNECTION_FAILED: "not_connected",
  GATEWAY_NOT_RUNNING: "not_connected",
  SESSION_EXPIRED: "not_connected",
  AUTHENTICATION_FAILED: "refused",
  NOT_SUPPORTED: "refused",
  NO_MARKET_DATA: "refused",
  ORDER_REJECTED: "refused",
};

/** Why there is no price, by the error with which its source refused it. What nobody gave a reason for is no answer. */
export function absenceOf(error: unknown): Absence {
  if (error instanceof BrokerError) return OF_BROKER[error.code] ?? "no_answer";
  return error instanceof DeskError && error.code === "NOT_CONNECTED" ? "not_connected" : "no_answer";
}
