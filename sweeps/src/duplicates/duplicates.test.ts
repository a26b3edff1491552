import { expect, it } from "vitest";
import { sweepDuplicates } from "./sweepDuplicates.ts";

it("[SV143] a hundred submits of one key at once, over HTTP and WebSockets, are one order and one answer", async () => {
  const seed = 1;
  const count = await sweepDuplicates({ keys: 2, submits: 100, seed, onKey: () => undefined });
  expect(count).toEqual({ keys: 2, submits: 100, brokerOrders: 2, differentAnswers: 0, takenChanges: 0, seed });
});
