import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeClock } from "../testing/fakeClock.ts";
import { answersFirst } from "./answersFirst.ts";

const FRAME_MS = 16;

function aPage() {
  const clock = fakeClock();
  const target = new EventTarget();
  let waiting: FrameRequestCallback[] = [];
  const ask = answersFirst(
    {
      addEventListener: target.addEventListener.bind(target),
      requestAnimationFrame: (callback) => waiting.push(callback),
    },
    clock,
  );
  const happened: string[] = [];
  return {
    happened,
    clock,
    ask: (name: string) => ask(() => happened.push(name)),
    fire: (type: string) => target.dispatchEvent(new Event(type)),
    /** Draws one frame; what is asked for in it waits for the next. */
    frame: () => {
      clock.advance(FRAME_MS);
      const now = waiting;
      waiting = [];
      happened.push("frame");
      for (const callback of now) callback(clock.monotonic());
    },
  };
}

test("[UQ13] where nobody presses anything, prices are drawn in the next frame", () => {
  const page = aPage();
  page.ask("prices");
  page.frame();
  expect(page.happened).toEqual(["frame", "prices"]);
});

test.each([
  ["asked for before the press", ["ask", "pointerdown", "pointerup"]],
  ["asked for while it is down", ["pointerdown", "ask", "pointerup"]],
  ["asked for after the release", ["pointerdown", "pointerup", "ask"]],
  ["a press that the page takes for a scroll", ["pointerdown", "ask", "pointercancel"]],
  ["asked for before a key", ["ask", "keydown"]],
  ["asked for after a key", ["keydown", "ask"]],
])("[UQ13] the frame that answers a press draws no prices, the next one does: %s", (_name, steps) => {
  const page = aPage();
  for (const step of steps) {
    if (step === "ask") page.ask("prices");
    else page.fire(step);
  }
  page.frame();
  expect(page.happened).toEqual(["frame"]);
  page.frame();
  expect(page.happened).toEqual(["frame", "frame", "prices"]);
});

test("[UQ13] a press that is not let go keeps prices for 100 ms, and only once", () => {
  const page = aPage();
  page.fire("pointerdown");
  page.ask("first");
  for (let ms = 0; ms < 100; ms += FRAME_MS) page.frame();
  expect(page.happened.at(-1)).toBe("first");
  page.ask("second");
  page.frame();
  expect(page.happened.slice(-2)).toEqual(["frame", "second"]);
});

test("[UQ13] a key that is held down keeps prices for 100 ms at most", () => {
  const page = aPage();
  page.ask("prices");
  for (let ms = 0; ms < 100; ms += FRAME_MS) {
    page.fire("keydown");
    page.frame();
  }
  expect(page.happened.at(-1)).toBe("prices");
});

test("[UQ13] however often something is pressed, prices come once, in order, within 100 ms and a frame", () => {
  const step = fc.constantFrom("pointerdown", "pointerup", "pointercancel", "keydown", "ask", "frame");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const page = aPage();
      let asked = 0;
      const due: number[] = [];
      for (const name of steps) {
        if (name === "ask") {
          page.ask(`prices ${asked++}`);
          due.push(page.clock.monotonic() + 100 + FRAME_MS);
        } else if (name === "frame") page.frame();
        else page.fire(name);
        const shown = page.happened.filter((entry) => entry !== "frame");
        expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => `prices ${index}`));
        due.forEach((at, index) => expect(page.clock.monotonic() <= at || index < shown.length).toBe(true));
      }
    }),
  );
});
