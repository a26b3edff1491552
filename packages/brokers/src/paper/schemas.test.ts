import { expect, it } from "vitest";
import { paperEventSchema } from "./paperEventSchema.ts";
import { PaperExchange } from "./PaperExchange.ts";
import { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
import { order, paperConfig, TEN_O_CLOCK as T, tick } from "./scenarios/fixture.ts";

function filledAccount(): PaperExchange {
  const exchange = PaperExchange.create(paperConfig());
  exchange.onTick(
    tick({ timestamp: T, bid: 99.98, ask: 100.02, bidSize: 300, askSize: 200, last: 100, lastSize: 5, volume: 9 }),
  );
  return exchange;
}

it.each([
  ["a decimal that is not canonical", { quantity: "100.0" }],
  ["a number for a decimal", { price: 100.02 }],
  ["a number below one", { seq: 0 }],
  ["an instant that is none", { at: Number.POSITIVE_INFINITY }],
  ["an unknown type", { type: "order_imagined" }],
  ["an unknown side", { side: "hold" }],
  ["an id with a space", { executionId: "X 1" }],
  ["no reason", { reason: undefined }],
])("[PX2] a stored fill with %s does not parse", (_title, damage) => {
  const fill = filledAccount()
    .submit(T, order({ id: "a" }))
    .at(-1);
  expect(paperEventSchema.parse(fill)).toEqual(fill);
  expect(paperEventSchema.safeParse({ ...fill, ...damage }).success).toBe(false);
});

it("[PX4] a snapshot survives JSON, and a damaged one does not parse", () => {
  const exchange = filledAccount();
  exchange.submit(T, order({ id: "a", quantity: "300" }));
  exchange.submit(T, order({ id: "b", side: "sell" }));
  const snapshot = exchange.snapshot();
  expect(paperSnapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  expect(paperSnapshotSchema.safeParse({ ...snapshot, version: 2 }).success).toBe(false);
  expect(paperSnapshotSchema.safeParse({ ...snapshot, cash: "1e5" }).success).toBe(false);
  expect(
    paperSnapshotSchema.safeParse({ ...snapshot, fills: [{ ...snapshot.fills[0], type: "order_canceled" }] }).success,
  ).toBe(false);
});

it("[PX4] the snapshot of an account that nobody used survives JSON", () => {
  const snapshot = PaperExchange.create(paperConfig()).snapshot();
  expect(snapshot).toMatchObject({ sequence: 0, at: null, day: null, phase: null });
  const stored = paperSnapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)));
  expect(PaperExchange.restore(paperConfig(), stored, []).snapshot()).toEqual(snapshot);
});
