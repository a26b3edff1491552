import { expect, test } from "vitest";
import { fakeClock } from "../testing/fakeClock.ts";
import { createLinkWatch } from "./linkWatch.ts";

function aWatch() {
  const clock = fakeClock();
  let recoveries = 0;
  const watch = createLinkWatch({ clock, onRecovered: () => void (recoveries += 1) });
  return { clock, watch, recoveries: () => recoveries };
}

test("[US4] an open socket that nobody is heard on for ten seconds is a lost desk, until something is heard", () => {
  const { clock, watch, recoveries } = aWatch();
  watch.socketIs("open", false);
  clock.advance(9_000);
  watch.heard();
  clock.advance(9_999);
  expect(watch.state.get()).toBe("open");
  clock.advance(1);
  expect(watch.state.get()).toBe("lost");
  watch.heard();
  expect([watch.state.get(), recoveries()]).toEqual(["open", 1]);
});

test("[US5] a first connection is no loss; a broken one is, and its return is a recovery", () => {
  const { watch, recoveries } = aWatch();
  watch.socketIs("connecting", false);
  expect(watch.state.get()).toBe("connecting");
  watch.socketIs("open", false);
  watch.socketIs("connecting", true);
  watch.socketIs("connecting", false);
  expect([watch.state.get(), recoveries()]).toEqual(["lost", 0]);
  watch.socketIs("open", false);
  expect([watch.state.get(), recoveries()]).toEqual(["open", 1]);
});

test("[US6] a socket that was closed on purpose is idle and never lost", () => {
  const { clock, watch } = aWatch();
  watch.socketIs("open", false);
  watch.socketIs("idle", false);
  watch.heard();
  clock.advance(60_000);
  expect(watch.state.get()).toBe("idle");
});
