import { expect, test } from "vitest";
import { account, aPosition } from "../../../testing/builders.ts";
import { flattenPlan } from "./flattenPlan.ts";

test("[UK11] a long position is sold, a short one bought back, one of nothing left alone", () => {
  const held = [
    aPosition({ symbol: "AAPL", quantity: "1250" }),
    aPosition({ symbol: "MSFT", quantity: "-40.5" }),
    aPosition({ symbol: "TSLA", quantity: "0" }),
  ].map((position) => ({ account, position }));
  expect(flattenPlan(held).map(({ title }) => title)).toEqual(["Sell 1,250 AAPL", "Buy 40.5 MSFT"]);
});
