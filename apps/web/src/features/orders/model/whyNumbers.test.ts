import { expect, test } from "vitest";
import { anOrder } from "../../../testing/builders.ts";
import { whyNumbers, whysOf } from "./whyNumbers.ts";

const why = (params: Record<string, string | number>) => ({
  rule: "PX30",
  text: "The ask is above your limit.",
  params,
});

test("[UO23] the numbers that decided have names, stand in the order in which they are read, and are whole", () => {
  expect(whyNumbers(why({ remaining: "100", ahead: "1250", limit: "187.5", price: "187.52", quote: "ask" }))).toEqual([
    { label: "The ask", text: "187.52" },
    { label: "Ahead in the queue", text: "1,250" },
    { label: "Limit", text: "187.50" },
    { label: "Not filled", text: "100" },
  ]);
  expect(whyNumbers(why({ auctionAt: 1_795_000_000_000, leftMs: 120 }))).toEqual([
    { label: "Time left", text: "120 ms" },
    { label: "Auction", instant: 1_795_000_000_000 },
  ]);
});

test("[UO24] a number that nobody has named keeps its own name, and a word in a number's place is shown as it came", () => {
  expect(whyNumbers(why({ shown: "no size", haltCode: "T1", toString: 3 }))).toEqual([
    { label: "Size shown", text: "no size" },
    { label: "haltCode", text: "T1" },
    { label: "toString", text: "3" },
  ]);
});

test("[UO25] a reason that says what the explanation says is not said twice; another one is", () => {
  const explanation = { rule: "PX50", text: "Canceled on request.", params: {} };
  const reason = (message: string) => ({ reason: { code: null, message, params: {} } });
  const said = { explanation, triggeredBy: null };
  expect(whysOf(anOrder(reason("Canceled on request.")), said)).toEqual([explanation]);
  expect(whysOf(anOrder(reason("Canceled on request (and 2 more).")), said)).toEqual([
    { ...explanation, text: "Canceled on request (and 2 more)." },
  ]);
  expect(whysOf(anOrder(reason("Something else.")), said)).toHaveLength(2);
  expect(whysOf(anOrder(), { explanation: null, triggeredBy: null })).toEqual([]);
});

test("[UO37] what set the stop off has a place of its own, and the explanation does not say it again", () => {
  const triggeredBy = why({});
  const explanation = { ...triggeredBy, text: `No more is offered. Triggered: ${triggeredBy.text}` };
  expect(whysOf(anOrder(), { explanation, triggeredBy })).toEqual([{ ...triggeredBy, text: "No more is offered." }]);
});
