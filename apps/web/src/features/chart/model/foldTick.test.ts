import { expect, test } from "vitest";
import { bannerText } from "./bannerText.ts";
import { foldTick } from "./foldTick.ts";

const bar = { time: 1_000_200, open: 10, high: 12, low: 9, close: 11, volume: 500 };
const at = (seconds: number) => (bar.time + seconds) * 1000;

test("[UB1] a tick moves the close of its bar and stretches its range", () => {
  expect(foldTick(bar, { price: 13, at: at(299), volume: 10 }, "5m")).toEqual({
    ...bar,
    high: 13,
    close: 13,
    volume: 510,
  });
  expect(foldTick(bar, { price: 8, at: at(0), volume: 0 }, "5m")).toEqual({ ...bar, low: 8, close: 8 });
});

test("[UB2] a tick after the bar opens the one that it belongs to, also over a gap; one from before is left out", () => {
  expect(foldTick(bar, { price: 13, at: at(300), volume: 10 }, "5m")).toEqual({
    time: bar.time + 300,
    open: 13,
    high: 13,
    low: 13,
    close: 13,
    volume: 10,
  });
  expect(foldTick(bar, { price: 13, at: at(1_000), volume: 10 }, "5m")?.time).toBe(bar.time + 900);
  expect(foldTick(bar, { price: 13, at: at(-1), volume: 10 }, "5m")).toBeUndefined();
});

test("[UB3] invented prices and those of another day are said to be so, a broker's are not", () => {
  const source = { label: "XNYS 2013-10-08", synthetic: false, state: "running", ticks: 1, malformedRows: 0 } as const;
  expect(bannerText({ ...source, kind: "replay" })).toBe("Replay of XNYS 2013-10-08: prices are of a past day.");
  expect(bannerText({ ...source, kind: "replay", state: "ended" })).toMatch(/It has ended/);
  expect(bannerText({ ...source, kind: "synthetic", synthetic: true })).toMatch(/^Synthetic prices/);
  expect(bannerText({ ...source, kind: "broker" })).toBeNull();
});
