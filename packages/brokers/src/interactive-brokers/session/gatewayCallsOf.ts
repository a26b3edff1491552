import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { GatewayCalls } from "./GatewayCalls.ts";

/** Fields are joined raw: a NUL in a text would shift all that follow it, and turn `transmit` on (H11). */
const SENDABLE = /^[\x20-\x7e]*$/;

/**
 * The vendor's requests as the rest of the adapter may make them: what the wire would garble is refused before anything is
 * written, whatever the request.
 * @param api the vendor's client. @throws BrokerError INVALID_ORDER of each call, for such a text or number
 */
export function gatewayCallsOf(api: object): GatewayCalls {
  const call = (name: keyof GatewayCalls, ...given: readonly unknown[]): unknown => {
    assertSendable(given);
    const method: unknown = Reflect.get(api, name);
    if (typeof method !== "function") throw new TypeError(`the vendor's library has no ${name}`);
    return Reflect.apply(method, api, given);
  };
  return {
    reqCurrentTime: () => call("reqCurrentTime"),
    reqIds: () => call("reqIds"),
    placeOrder: (...given) => call("placeOrder", ...given),
    cancelOrder: (...given) => call("cancelOrder", ...given),
    reqGlobalCancel: () => call("reqGlobalCancel"),
    reqOpenOrders: () => call("reqOpenOrders"),
    reqAllOpenOrders: () => call("reqAllOpenOrders"),
    reqCompletedOrders: (...given) => call("reqCompletedOrders", ...given),
    reqExecutions: (...given) => call("reqExecutions", ...given),
    reqAccountSummary: (...given) => call("reqAccountSummary", ...given),
    cancelAccountSummary: (...given) => call("cancelAccountSummary", ...given),
    reqAccountUpdates: (...given) => call("reqAccountUpdates", ...given),
    reqPositions: () => call("reqPositions"),
    cancelPositions: () => call("cancelPositions"),
    reqPnL: (...given) => call("reqPnL", ...given),
    cancelPnL: (...given) => call("cancelPnL", ...given),
    reqPnLSingle: (...given) => call("reqPnLSingle", ...given),
    cancelPnLSingle: (...given) => call("cancelPnLSingle", ...given),
    reqContractDetails: (...given) => call("reqContractDetails", ...given),
    reqMatchingSymbols: (...given) => call("reqMatchingSymbols", ...given),
    reqMarketRule: (...given) => call("reqMarketRule", ...given),
    reqMarketDataType: (...given) => call("reqMarketDataType", ...given),
    reqMktData: (...given) => call("reqMktData", ...given),
    cancelMktData: (...given) => call("cancelMktData", ...given),
    reqHistoricalData: (...given) => call("reqHistoricalData", ...given),
    cancelHistoricalData: (...given) => call("cancelHistoricalData", ...given),
  };
}

function assertSendable(value: unknown): void {
  if (typeof value === "string" && !SENDABLE.test(value)) {
    throw unsendable("a text has characters that Interactive Brokers does not read");
  }
  if (typeof value === "number" && !/^-?\d+(?:\.\d{1,9})?$/.test(String(value))) {
    throw unsendable("a number has no exact decimal form");
  }
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) assertSendable(inner);
}

function unsendable(message: string): Error {
  return ibRefusal(BrokerErrorCode.INVALID_ORDER, `${message}; nothing was sent`);
}
