import { expect, test } from "vitest";
import { fakeClock } from "../testing/fakeClock.ts";
import { createToasts } from "./toasts.ts";

const toast = { tone: "info", title: "t", detail: "", mode: null, sticky: false } as const;

test("[UX1] a toast goes by itself, a sticky one stays until it is put away", () => {
  const clock = fakeClock();
  const toasts = createToasts(clock);
  toasts.show(toast);
  toasts.show({ ...toast, title: "rejected", sticky: true });
  clock.advance(60_000);
  expect(toasts.shown.get().map(({ title }) => title)).toEqual(["rejected"]);
  toasts.dismiss(toasts.shown.get()[0]?.id ?? 0);
  expect(toasts.shown.get()).toEqual([]);
});

test("[UX2] many toasts push out the passing ones first", () => {
  const toasts = createToasts(fakeClock());
  toasts.show({ ...toast, title: "rejected", sticky: true });
  for (let count = 0; count < 8; count += 1) toasts.show({ ...toast, title: `fill ${count}` });
  expect(toasts.shown.get().map(({ title }) => title)).toEqual(["rejected", "fill 4", "fill 5", "fill 6", "fill 7"]);
});
