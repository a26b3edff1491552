import { describe, expect, it } from "vitest";
import { isWarning, toBrokerError } from "./IBErrors.ts";

const told = (code: number, message: string) => toBrokerError({ code, message, advanced: "" }, "the order");

describe("Interactive Brokers' errors, in the desk's codes", () => {
  it.each([
    [103, "Duplicate order id", "DUPLICATE_ORDER"],
    [110, "The price does not conform to the minimum price variation for this contract.", "INVALID_ORDER"],
    [161, "Cancel attempted when order is not in a cancellable state. Order permId =1", "ORDER_CLOSED"],
    [
      162,
      "Historical Market Data Service error message:API historical data query pacing violation",
      "RATE_LIMIT_EXCEEDED",
    ],
    [162, "Historical Market Data Service error message:No market data permissions for ISLAND STK", "NO_MARKET_DATA"],
    [162, "Historical Market Data Service error message:HMDS query returned no data", "NO_MARKET_DATA"],
    [200, "No security definition has been found for the request", "SYMBOL_NOT_FOUND"],
    [201, "Order rejected - reason:Your order is not accepted. Insufficient available funds", "INSUFFICIENT_FUNDS"],
    [201, "Order rejected - reason:The exchange is closed.", "MARKET_CLOSED"],
    [201, "Order rejected - reason:No trading permissions.", "ORDER_REJECTED"],
    [
      321,
      "Error validating request:-'bX' : cause - The API interface is currently in Read-Only mode.",
      "NOT_SUPPORTED",
    ],
    [321, "Error validating request:-'bX' : cause - Invalid account code", "INVALID_ORDER"],
    [354, "Requested market data is not subscribed.", "NO_MARKET_DATA"],
    [10147, "OrderId 7 that needs to be cancelled is not found.", "ORDER_NOT_FOUND"],
    [10148, "OrderId 7 that needs to be cancelled cannot be cancelled, state: Filled.", "ORDER_CLOSED"],
    [77_777, "Something new", "API_ERROR"],
  ])("[IB11] %i, %s: %s", (code, message, expected) => {
    const error = told(code, message);
    expect(error).toMatchObject({ code: expected, outcome: "refused", details: { ibCode: code } });
    expect(error.message).toContain(`${code}: ${message.slice(0, 20)}`);
  });

  it("[IB11] its words are shown short and printable, whatever they are", () => {
    const { message } = told(201, `a\u0007b\u2014c${"x".repeat(2_000)}`);
    expect(message).toMatch(/a b c/);
    expect(message.length).toBeLessThan(400);
  });

  it("[IB11] what goes on is not ended by what is told beside it", () => {
    expect([202, 399, 404, 2104, 2109, 2137, 10167, 10090].map(isWarning)).toEqual(Array(8).fill(true));
    expect([200, 201, 354, 1100, 2_200, 10089].map(isWarning)).toEqual(Array(6).fill(false));
  });
});
