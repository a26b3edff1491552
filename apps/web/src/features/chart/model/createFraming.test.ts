import { expect, test } from "vitest";
import { createFraming } from "./createFraming.ts";

test("[UC4] bars that are fetched again leave the view where it is; another instrument or timeframe is framed anew", () => {
  const shown: unknown[] = [];
  const frame = createFraming((range) => shown.push(range));
  frame("AAPL 5m", 500);
  frame("AAPL 5m", 501);
  frame("AAPL 5m", 502);
  expect(shown).toEqual([{ from: 380, to: 503 }]);
  frame("AAPL 1d", 40);
  frame("MSFT 1d", 40);
  frame("AAPL 5m", 503);
  expect(shown.slice(1)).toEqual([
    { from: 0, to: 43 },
    { from: 0, to: 43 },
    { from: 383, to: 506 },
  ]);
});
