import { describe, expect, it } from "vitest";
import REFUSALS from "../fixtures/refusals.json" with { type: "json" };
import type { RestAnswer, RestRequest } from "./AlpacaTransport.ts";
import { toBrokerError } from "./toBrokerError.ts";

const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;

function answer(status: number, body: unknown): RestAnswer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, body: text, requestId: "req-1", budget: null, retryAfterMs: null };
}

function request(method: string, path: string, host: RestRequest["host"] = "trading"): RestRequest {
  return { host, method: METHODS.find((each) => each === method) ?? "GET", path, urgency: "order" };
}

describe("refusals", () => {
  it.each(REFUSALS)("[AL8] $name is $expected", ({ method, path, status, body, expected }) => {
    const error = toBrokerError(request(method, path), answer(status, body));
    expect(error).toMatchObject({ code: expected, outcome: expected === "OUTCOME_UNKNOWN" ? "unknown" : "refused" });
    expect(error.details).toMatchObject({ status, requestId: "req-1" });
  });

  it("[AL8] keeps the numbers", () => {
    const detailsOf = (name: string) => {
      const found = REFUSALS.find((each) => each.name === name);
      return toBrokerError(request("POST", "/v2/orders"), answer(found?.status ?? 0, found?.body)).details;
    };
    expect(detailsOf("not enough buying power")).toMatchObject({
      required: "1500",
      available: "100.5",
      alpacaCode: 40310000,
    });
    expect(detailsOf("not enough shares")).toMatchObject({
      requested: "1.05",
      available: "0.55",
      existingQuantity: "1.05",
      heldForOrders: "0.5",
      symbol: "OCGN",
    });
    expect(detailsOf("a wash trade")).toMatchObject({
      existingOrderId: "61e69015-8549-4bfd-b9c3-01e75843f47d",
      rejectReason: "opposite side limit order exists",
    });
  });

  it("[AL8] a 403 is a refusal of the order on the trading host, and of the keys on the data host", () => {
    const body = { message: "forbidden." };
    expect(toBrokerError(request("POST", "/v2/orders"), answer(403, body)).code).toBe("ORDER_REJECTED");
    expect(toBrokerError(request("GET", "/v2/stocks/snapshots", "data"), answer(403, body)).code).toBe(
      "AUTHENTICATION_FAILED",
    );
    const plan = { code: 42210000, message: "subscription does not permit querying recent SIP data" };
    expect(toBrokerError(request("GET", "/v2/stocks/bars", "data"), answer(403, plan)).code).toBe("NOT_SUPPORTED");
  });

  it("[AL8] a refusal in words that nobody has seen is told in them", () => {
    const error = toBrokerError(
      request("POST", "/v2/orders"),
      answer(422, { code: 1, message: "the moon\u0000 is in the way" }),
    );
    expect(error).toMatchObject({
      code: "ORDER_REJECTED",
      outcome: "refused",
      message: "Alpaca: the moon? is in the way",
    });
  });

  it("[AL8] a spent budget says when to come back", () => {
    const spent = { ...answer(429, "too many requests"), retryAfterMs: 1_500 };
    expect(toBrokerError(request("POST", "/v2/orders"), spent)).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      outcome: "refused",
      details: { retryAfterMs: 1_500 },
    });
  });
});
