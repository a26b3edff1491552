/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { BrokerClient, CallOptions } from "../../BrokerClient.ts";
import { BrokerError, type Outcome } from "../../BrokerError.ts";
import type { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { limitOrder, marketOrder } from "../builders.ts";

type Call = (client: BrokerClient, options?: CallOptions) => Promise<unknown>;

const nothing = (): void => undefined;

/** One call of each method that talks to the broker. */
export const CALLS: Readonly<Record<string, Call>> = {
  getAccountInfo: (client, options) => client.getAccountInfo(options),
  getPositions: (client, options) => client.getPositions(options),
  getBalances: (client, options) => client.getBalances(options),
  placeOrder: (client, options) => client.placeOrder(limitOrder("AAPL", "buy", 1, 90, "contract-call"), options),
  cancelOrder: (client, options) => client.cancelOrder("no-such-order", options),
  cancelAllOrders: (client, options) => client.cancelAllOrders(options),
  modifyOrder: (client, options) => client.modifyOrder("no-such-order", { price: 91 }, options),
  getOrderStatus: (client, options) => client.getOrderStatus("no-such-order", options),
  getOrderByClientOrderId: (client, options) => client.getOrderByClientOrderId("no-such-order", options),
  getOpenOrders: (client, options) => client.getOpenOrders(options),
  getOrderHistory: (client, options) => client.getOrderHistory(1, options),
  getFills: (client, options) => client.getFills(0, options),
  subscribeToOrderUpdates: (client, options) => client.subscribeToOrderUpdates(nothing, options),
  subscribeToAccountEvents: (client, options) => client.subscribeToAccountEvents(0, nothing, options),
  getMarketData: (client, options) => client.getMarketData("AAPL", options),
  getMarketHours: (client, options) => client.getMarketHours("NYSE", options),
  subscribeToMarketData: (client, options) => client.subscribeToMarketData("AAPL", nothing, options),
  getHistoricalBars: (client, options) =>
    client.getHistoricalBars({ symbol: "AAPL", timeframe: "1d", limit: 5 }, options),
  searchInstruments: (client, options) => client.searchInstruments("apple", 5, options),
  getRiskMetrics: (client, options) => client.getRiskMetrics(options),
};

/** Calls that need no broker: it is known here that there is no such order, when the market opens, and who subscribes. */
export const ANSWERED_ALONE: readonly string[] = [
  "cancelOrder",
  "modifyOrder",
  "getOrderStatus",
  "getMarketHours",
  "subscribeToOrderUpdates",
  "subscribeToAccountEvents",
];

/** Questions that a broker whose account is at hand may answer without a connection too. */
export const WHAT_IF_CALLS: Readonly<Record<string, Call>> = {
  validateOrder: (client, options) => client.validateOrder(marketOrder("AAPL", "buy", 1), options),
  getMarginRequirements: (client, options) => client.getMarginRequirements(marketOrder("AAPL", "buy", 1), options),
  previewOrder: (client, options) => client.previewOrder(marketOrder("AAPL", "buy", 1), options),
};

/** The BrokerError that a call fails with; the test fails when it does not, or fails with anything else. */
export async function failureOf(call: Promise<unknown>): Promise<BrokerError> {
  const settled = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(settled, "the call should have failed with a BrokerError").toBeInstanceOf(BrokerError);
  if (!(settled instanceof BrokerError)) throw new TypeError("unreachable");
  return settled;
}

/** The call fails with `code`, and nothing has happened. */
export async function expectRefusal(
  call: Promise<unknown>,
  code: BrokerErrorCode,
  outcome: Outcome = "refused",
): Promise<BrokerError> {
  const error = await failureOf(call);
  expect({ code: error.code, outcome: error.outcome, message: error.message }).toMatchObject({ code, outcome });
  expect(error.message).not.toBe("");
  return error;
}

/** As a caller without types calls it. */
export function placeAnything(client: BrokerClient, order: unknown): Promise<unknown> {
  const place: (order: OrderRequest) => Promise<unknown> = (request) => client.placeOrder(request);
  return Reflect.apply(place, undefined, [order]);
}

/** The account is as it began. */
export async function expectNothingPlaced(client: BrokerClient): Promise<void> {
  expect(await client.getOpenOrders()).toEqual([]);
  expect(await client.getPositions()).toEqual([]);
  expect(await client.getFills(0)).toEqual([]);
}
