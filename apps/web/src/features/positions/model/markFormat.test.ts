import { expect, test } from "vitest";
import { formatDecimal } from "../../../lib/decimalText.ts";
import { markFormat } from "./markFormat.ts";

test("[UP4] marks have two decimals, and four below a dollar", () => {
  const marks = ["187.5", "187.525", "402", "0.5"].map((price) => formatDecimal(price, markFormat(price), "en-US"));
  expect(marks).toEqual(["187.50", "187.53", "402.00", "0.5000"]);
});
