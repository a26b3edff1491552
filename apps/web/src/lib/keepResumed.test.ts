import { expect, test } from "vitest";
import { fakeClock } from "../testing/fakeClock.ts";
import { keepResumed } from "./keepResumed.ts";
import type { SubscriptionEvents } from "./keepSubscribed.ts";

function aStream() {
  const clock = fakeClock();
  const opened: { readonly behind: string | undefined; readonly events: SubscriptionEvents<Event> }[] = [];
  const seen: string[] = [];
  keepResumed<string>({
    clock,
    open: (behind, events) => {
      opened.push({ behind, events });
      return { unsubscribe: () => undefined };
    },
    onData: (data) => void seen.push(data),
    onAnew: () => void seen.push("anew"),
  });
  const last = () => opened.at(-1)?.events;
  return { clock, seen, last, behind: () => opened.map(({ behind }) => behind) };
}

interface Event {
  readonly id: string;
  readonly data: string;
}

const refusal = (code: string): unknown => ({
  data: {
    desk: { code, message: "no", fix: "", issues: [], outcome: "refused", retryAfterSeconds: null, requestId: "r" },
  },
});

test("[US4] after a gap it resumes behind the last event, and what was fetched is not fetched again", () => {
  const { clock, seen, last, behind } = aStream();
  last()?.onStarted();
  last()?.onData({ id: "7", data: "a" });
  last()?.onError(new Error("gone"));
  clock.advance(60_000);
  last()?.onStarted();
  expect([behind(), seen]).toEqual([
    [undefined, "7"],
    ["anew", "a"],
  ]);
});

test("[US4] a number that the desk does not know is dropped: it begins anew, and what was fetched is fetched again", () => {
  const { clock, seen, last, behind } = aStream();
  last()?.onStarted();
  last()?.onData({ id: "7", data: "a" });
  last()?.onError(refusal("UNAUTHENTICATED"));
  clock.advance(60_000);
  last()?.onError(refusal("INVALID_INPUT"));
  clock.advance(60_000);
  last()?.onStarted();
  expect([behind(), seen]).toEqual([
    [undefined, "7", undefined],
    ["anew", "a", "anew"],
  ]);
});
