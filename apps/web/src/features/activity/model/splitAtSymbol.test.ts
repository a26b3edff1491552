import { expect, test } from "vitest";
import { splitAtSymbol } from "./splitAtSymbol.ts";

test("[UD13] a sentence is parted at the instrument that it names, as a whole word", () => {
  const of = (message: string, details: Readonly<Record<string, unknown>>) => splitAtSymbol({ message, details });
  expect(of("AAPL split 4:1.", { symbol: "AAPL" })).toEqual({ before: "", symbol: "AAPL", after: " split 4:1." });
  expect(of("FB is called META now.", { symbol: "FB", newSymbol: "META" })).toMatchObject({ before: "FB is called " });
  expect(of("BRKSB, BRK.B", { symbol: "BRK.B" })).toMatchObject({ before: "BRKSB, ", after: "" });
  expect(of("Margin call.", { symbol: null })).toBeNull();
  expect(of("Signed in", { symbol: "AAPL" })).toBeNull();
});
