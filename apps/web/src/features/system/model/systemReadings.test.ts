import type { SystemSample } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { systemReadings } from "./systemReadings.ts";

const QUIET: SystemSample = {
  at: "2026-11-23T14:30:00.000Z",
  ticksIn: 0,
  messagesOut: 0,
  quotesOut: 0,
  skips: 0,
  bytesIn: 0,
  bytesOut: 0,
  conflation: null,
  sockets: 1,
  subscriptions: 4,
  upstream: 12,
  heapBytes: 52_400_000,
  loopMedianMs: 0.1,
  loopP99Ms: 1.24,
  loopMaxMs: 3,
};

const textOf = (samples: readonly SystemSample[]) =>
  Object.fromEntries(systemReadings(samples).map(({ key, now, most }) => [key, [now, most]]));

test("[SY1] a number says its newest value and the minute's highest, with its unit", () => {
  const busy = { ...QUIET, ticksIn: 10_400.4, conflation: 8.25, bytesOut: 2_500_000, loopP99Ms: 41.06 };
  expect(textOf([busy, QUIET])).toMatchObject({
    ticks: ["0 a second", "10.4K a second"],
    conflation: ["none", "8.3 to 1"],
    "bytes-out": ["0 kB a second", "2.5 MB a second"],
    loop: ["1.2 ms", "41.1 ms"],
    heap: ["52.4 MB", "52.4 MB"],
    sockets: ["1", "1"],
  });
});

test("[SY2] before the first sample nothing is claimed", () => {
  for (const { now, most, values } of systemReadings([])) expect([now, most, values]).toEqual(["none", "none", []]);
});
