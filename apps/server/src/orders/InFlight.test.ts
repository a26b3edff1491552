import { orderId } from "@trenddojo/brokers/domain";
import { expect, it } from "vitest";
import { InFlight } from "./InFlight.ts";

it("[IF1] an order is under way until the last of its requests has ended", () => {
  const inFlight = new InFlight();
  const id = orderId("o1");
  const placing = inFlight.begin(id);
  const canceling = inFlight.begin(id);
  canceling[Symbol.dispose]();
  expect(inFlight.has(id)).toBe(true);
  expect(inFlight.has(orderId("o2"))).toBe(false);
  placing[Symbol.dispose]();
  expect(inFlight.has(id)).toBe(false);
  const sending = inFlight.beginPlacing(id, 1_000);
  expect(inFlight.sentAt(id)).toBe(1_000);
  expect(inFlight.has(id)).toBe(true);
  sending[Symbol.dispose]();
  expect(inFlight.sentAt(id)).toBeNull();
  expect(inFlight.has(id)).toBe(false);
});
