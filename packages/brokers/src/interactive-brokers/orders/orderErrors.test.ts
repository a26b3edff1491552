import { describe, expect, it } from "vitest";
import { kindOf, orderRefusal } from "./orderErrors.ts";

const error = (code: number, message = "words") => ({ id: 5, code, message, advanced: "" });

describe("errors that name an order", () => {
  it("[IB27] only a code that says so refuses; one that nobody knows leaves the outcome unknown", () => {
    for (const code of [103, 110, 135, 161, 200, 201, 203, 321, 2_102, 10_006, 10_147, 10_148, 10_243]) {
      expect([code, kindOf(error(code))]).toEqual([code, "refused"]);
    }
    for (const code of [399, 404, 2_109, 2_137, 10_349, 31_415]) {
      expect([code, kindOf(error(code))]).toEqual([code, "notice"]);
    }
    expect(kindOf(error(202))).toBe("canceled");
  });

  it("[IB27] an id that another order has is no sign that this one is there", () => {
    expect(orderRefusal(error(103, "Duplicate order id"), "the order")).toMatchObject({
      code: "ORDER_REJECTED",
      outcome: "refused",
      details: { ibCode: 103 },
    });
  });

  it("[IB27] a refusal says what was asked, what is meant and the gateway's own words", () => {
    const { code, message } = orderRefusal(error(110, "The price does not conform\u0000"), "the change");
    expect(code).toBe("INVALID_ORDER");
    expect(message).toContain("the change");
    expect(message).toContain("110: The price does not conform");
    expect(message).not.toContain("\u0000");
  });
});
