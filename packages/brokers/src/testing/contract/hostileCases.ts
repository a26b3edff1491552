/* oxlint-disable vitest/no-standalone-expect -- each case runs inside a test that registerBrokerContractTests makes */
import { expect } from "vitest";
import type { BrokerClient } from "../../BrokerClient.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { limitOrder, marketOrder } from "../builders.ts";
import { expectRefusal, failureOf, placeAnything } from "./calls.ts";
import { contractCase, type ContractCase } from "./ContractCase.ts";
import { BAD_COUNTS, BAD_DECIMALS, BAD_INSTANTS, HOSTILE_TEXTS, NO_TEXTS } from "./hostileInputs.ts";

type Method = "cancelOrder" | "modifyOrder" | "getOrderStatus" | "getOrderByClientOrderId" | "getMarketData";
type Reading = "getFills" | "getOrderHistory" | "getHistoricalBars" | "searchInstruments" | "subscribeToMarketData";

const LONGEST_ANSWER = 600;
const REST = limitOrder("AAPL", "buy", 1, 90);

/** As a caller without types calls it. */
async function call(client: BrokerClient, method: Method | Reading, ...parts: readonly unknown[]): Promise<unknown> {
  return Reflect.apply(client[method], client, parts);
}

/** Refused with a code that says what was wrong, in few words, and nothing has happened. */
async function expectShortRefusal(settling: Promise<unknown>, ...codes: readonly BrokerErrorCode[]): Promise<void> {
  const { code, outcome, message, details } = await failureOf(settling);
  expect({ code, outcome, message }).toMatchObject({ outcome: "refused" });
  expect(code).not.toBe(BrokerErrorCode.UNKNOWN);
  if (codes.length > 0) expect(codes).toContain(code);
  expect(message).not.toBe("");
  expect(message.length + JSON.stringify(details).length).toBeLessThan(LONGEST_ANSWER);
}

/** The connection is as sound as before, and takes orders. */
async function expectUnharmed(client: BrokerClient): Promise<void> {
  expect(client.getConnectionStatus()).toMatchObject({ state: "connected", isHealthy: true, error: null });
  const { orderId } = await client.placeOrder(REST);
  expect(await client.getOpenOrders()).toMatchObject([{ orderId }]);
}

/** The text would be an order's if a client took it apart, cut it or looked it up carelessly. */
const ID_CALLS: Readonly<Record<string, (client: BrokerClient, id: unknown) => Promise<unknown>>> = {
  cancelOrder: (client, id) => call(client, "cancelOrder", id),
  modifyOrder: (client, id) => call(client, "modifyOrder", id, { price: 91 }),
  getOrderStatus: (client, id) => call(client, "getOrderStatus", id),
};

const SYMBOL_CALLS: Readonly<Record<string, (client: BrokerClient, symbol: unknown) => Promise<unknown>>> = {
  getMarketData: (client, symbol) => call(client, "getMarketData", symbol),
  subscribeToMarketData: (client, symbol) => call(client, "subscribeToMarketData", symbol, () => undefined),
  getHistoricalBars: (client, symbol) => call(client, "getHistoricalBars", { symbol, timeframe: "1d", limit: 5 }),
};

/** Each number that an order or an amendment has, in an order that is right but for it. */
const DECIMAL_FIELDS = {
  quantity: (value: unknown) => ({ ...marketOrder("AAPL", "buy", 1), quantity: value }),
  price: (value: unknown) => ({ ...REST, price: value }),
  stopPrice: (value: unknown) => ({ symbol: "AAPL", side: "buy", quantity: 1, type: "stop", stopPrice: value }),
};

const DAILY = { symbol: "AAPL", timeframe: "1d", limit: 5 };
const COUNT_CALLS: Readonly<Record<string, (client: BrokerClient, count: unknown) => Promise<unknown>>> = {
  "getOrderHistory's days": (client, count) => call(client, "getOrderHistory", count),
  "getHistoricalBars' limit": (client, limit) => call(client, "getHistoricalBars", { ...DAILY, limit }),
  "searchInstruments' limit": (client, count) => call(client, "searchInstruments", "a", count),
};
const INSTANT_CALLS: Readonly<Record<string, (client: BrokerClient, at: unknown) => Promise<unknown>>> = {
  "getFills' since": (client, at) => call(client, "getFills", at),
  "getHistoricalBars' before": (client, before) => call(client, "getHistoricalBars", { ...DAILY, before }),
};

export const HOSTILE_CASES: readonly ContractCase[] = [
  ...Object.entries(HOSTILE_TEXTS).map(([what, id]) =>
    contractCase("BC48", `no order is called ${what}: ORDER_NOT_FOUND, and nothing is harmed`, async ({ client }) => {
      for (const ask of Object.values(ID_CALLS))
        await expectShortRefusal(ask(client, id), BrokerErrorCode.ORDER_NOT_FOUND);
      expect(await client.getOrderByClientOrderId(id)).toBeNull();
      await expectUnharmed(client);
    }),
  ),
  ...Object.entries(NO_TEXTS).map(([what, value]) =>
    contractCase("BC48", `${what} in place of an id or a symbol is refused with a code`, async ({ client }) => {
      for (const ask of [...Object.values(ID_CALLS), ...Object.values(SYMBOL_CALLS)]) {
        await expectShortRefusal(ask(client, value));
      }
      await expectShortRefusal(placeAnything(client, { ...REST, symbol: value }), BrokerErrorCode.INVALID_ORDER);
      await expectUnharmed(client);
    }),
  ),
  ...Object.entries(HOSTILE_TEXTS).map(([what, symbol]) =>
    contractCase("BC48", `no instrument is called ${what}, and nothing is harmed`, async ({ client }) => {
      for (const ask of Object.values(SYMBOL_CALLS)) {
        await expectShortRefusal(ask(client, symbol), BrokerErrorCode.SYMBOL_NOT_FOUND);
      }
      await expectShortRefusal(placeAnything(client, { ...REST, symbol }), BrokerErrorCode.INVALID_ORDER);
      expect(await client.searchInstruments(symbol, 5)).toBeInstanceOf(Array);
      await expectUnharmed(client);
    }),
  ),
  ...Object.entries(BAD_DECIMALS).map(([what, value]) =>
    contractCase("BC48", `${what} is no quantity and no price, of an order or of a change`, async ({ client }) => {
      for (const [field, order] of Object.entries(DECIMAL_FIELDS)) {
        const error = await expectRefusal(placeAnything(client, order(value)), BrokerErrorCode.INVALID_ORDER);
        expect(error.details["field"]).toBe(field);
        expect(error.message.length).toBeLessThan(LONGEST_ANSWER);
      }
      const { orderId, clientOrderId } = await client.placeOrder({
        ...REST,
        type: "stop_limit",
        stopPrice: 110,
        price: 111,
      });
      const before = await client.getOrderByClientOrderId(clientOrderId);
      for (const field of Object.keys(DECIMAL_FIELDS)) {
        await expectShortRefusal(
          call(client, "modifyOrder", orderId, { [field]: value }),
          BrokerErrorCode.INVALID_ORDER,
        );
      }
      expect(await client.getOrderByClientOrderId(clientOrderId)).toEqual(before);
      expect(await client.getPositions()).toEqual([]);
    }),
  ),
  ...Object.entries(COUNT_CALLS).map(([argument, ask]) =>
    contractCase(
      "BC48",
      `${argument} is a whole number above zero, and anything else is refused`,
      async ({ client }) => {
        for (const count of Object.values(BAD_COUNTS)) await expectShortRefusal(ask(client, count));
        await expectUnharmed(client);
      },
    ),
  ),
  ...Object.entries(INSTANT_CALLS).map(([argument, ask]) =>
    contractCase("BC48", `${argument} is an instant, and anything else is refused`, async ({ client }) => {
      for (const at of Object.values(BAD_INSTANTS)) await expectShortRefusal(ask(client, at));
      await expectUnharmed(client);
    }),
  ),
  contractCase(
    "BC48",
    "bars of an unknown length, a search for no text and no request at all are refused",
    async ({ client }) => {
      for (const timeframe of ["7q", "", "1D", "toString", 5, undefined, null]) {
        await expectShortRefusal(call(client, "getHistoricalBars", { ...DAILY, timeframe }));
      }
      for (const request of [undefined, null, "AAPL", 5])
        await expectShortRefusal(call(client, "getHistoricalBars", request));
      for (const query of [undefined, null, 5, {}])
        await expectShortRefusal(call(client, "searchInstruments", query, 5));
      for (const update of [undefined, null, "91", [91]])
        await expectShortRefusal(call(client, "modifyOrder", "x", update));
      await expectUnharmed(client);
    },
  ),
];
