import { expect, test } from "vitest";
import { fakeClock } from "../testing/fakeClock.ts";
import { createTicker } from "./createTicker.ts";

function aTicker() {
  const clock = fakeClock();
  const frames: (() => void)[] = [];
  const ticker = createTicker(clock, 1_000, (beat) => void frames.push(beat));
  return { clock, ticker, frames, paint: () => frames.splice(0).forEach((frame) => frame()) };
}

test("[UQ14] a beat is told in a frame, and the next one is a period after that", () => {
  const { clock, ticker, frames, paint } = aTicker();
  const heard: number[] = [];
  ticker.subscribe(() => heard.push(ticker.get()));
  clock.advance(5_000);
  expect(frames, "a page that is not painted asks once").toHaveLength(1);
  expect(heard).toEqual([]);
  paint();
  expect(heard).toEqual([5_000]);
  clock.advance(999);
  expect(frames).toHaveLength(0);
  clock.advance(1);
  paint();
  expect(heard).toEqual([5_000, 6_000]);
});

test("[UQ14] it beats once a period however often its last listener leaves and another one comes", () => {
  const { clock, ticker, frames, paint } = aTicker();
  let beats = 0;
  const listen = () => ticker.subscribe(() => (beats += 1));
  let stop = listen();
  const again = () => {
    stop();
    stop = listen();
  };
  again();
  clock.advance(1_000);
  again();
  paint();
  expect(beats).toBe(1);
  again();
  for (let second = 0; second < 5; second += 1) {
    clock.advance(1_000);
    paint();
  }
  expect(beats).toBe(6);
  clock.advance(1_000);
  stop();
  paint();
  clock.advance(5_000);
  listen()();
  clock.advance(5_000);
  expect(frames, "nobody listens").toHaveLength(0);
  expect(beats).toBe(6);
});
