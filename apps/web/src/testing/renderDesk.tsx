import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { DeskErrorData } from "@trenddojo/server/wire";
import { createTRPCClient, TRPCClientError } from "@trpc/client";
import type { TRPCLink } from "@trpc/client";
import type { AppRouter } from "@trenddojo/server/router";
import { observable } from "@trpc/server/observable";
import type { ReactNode } from "react";
import { Providers } from "../app/Providers.tsx";
import { createStore } from "../lib/createStore.ts";
import { createTicker } from "../lib/createTicker.ts";
import type { Desk } from "../lib/desk.ts";
import type { LinkState } from "../lib/linkWatch.ts";
import { createPreferences } from "../lib/preferences.ts";
import { createQueryClient } from "../lib/queryClient.ts";
import { createQuoteStore } from "../lib/quoteStore.ts";
import { createToasts } from "../lib/toasts.ts";
import { uuidV7 } from "../lib/uuidV7.ts";
import { fakeClock } from "./fakeClock.ts";

/** Answers a call by its path; a thrown `refusal` is the desk's own error, anything else thrown is no answer at all. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>>;

class Refusal extends Error {
  readonly desk: DeskErrorData;
  constructor(desk: DeskErrorData) {
    super(desk.message);
    this.desk = desk;
  }
}

export function refusal(change: Partial<DeskErrorData>): Error {
  return new Refusal({
    code: "INTERNAL",
    message: "Refused.",
    fix: "Change it.",
    issues: [],
    outcome: "refused",
    retryAfterSeconds: null,
    requestId: "request-1",
    ...change,
  });
}

function answeringLink(answers: Answers): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        void (async () => {
          try {
            const answer = answers[op.path];
            if (answer === undefined) throw new Error(`the test has no answer for ${op.path}`);
            observer.next({ result: { type: "data", data: await answer(op.input) } });
            observer.complete();
          } catch (error) {
            const shape = {
              message: String(error),
              code: -32000,
              data: error instanceof Refusal ? { desk: error.desk } : {},
            };
            observer.error(
              error instanceof Refusal
                ? TRPCClientError.from({ error: shape })
                : new TRPCClientError("connection lost"),
            );
          }
        })();
      });
}

/** A page's parts on a clock that stands still, with a desk that answers what the test says. */
export function createTestDesk(answers: Answers = {}) {
  const clock = fakeClock();
  const sessionEnded = createStore(false);
  const frames: (() => void)[] = [];
  let keys = 0;
  const desk: Desk = {
    clock,
    ticker: createTicker(clock, 1_000, (beat) => beat()),
    quotes: createQuoteStore((flush) => void frames.push(flush), clock),
    quoteFeed: { retain: () => () => undefined },
    preferences: createPreferences(localStorage),
    toasts: createToasts(clock),
    link: createStore<LinkState>("open"),
    sessionEnded,
    proofAsked: createStore<((proven: boolean) => void) | null>(null),
    recoveries: createStore(0),
    mintKey: () => uuidV7(clock.now(), (bytes) => bytes.fill(++keys)),
    closeSocket: () => Promise.resolve(),
  };
  return {
    clock,
    desk,
    queryClient: createQueryClient({ onSessionEnded: () => sessionEnded.set(true) }),
    client: createTRPCClient<AppRouter>({ links: [answeringLink(answers)] }),
    /** Paints: runs what waits for the next frame. */
    paint: () => {
      for (const frame of frames.splice(0)) frame();
    },
  };
}

/** Renders inside the page's providers and a router, as the desk would. */
export function renderDesk(children: ReactNode, answers: Answers = {}) {
  const parts = createTestDesk(answers);
  const router = createRouter({
    routeTree: createRootRoute({ component: () => children }),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  const view = render(
    <Providers desk={parts.desk} client={parts.client} queryClient={parts.queryClient}>
      <RouterProvider router={router} />
    </Providers>,
    // What a panel's boundary shows need not be told to the console as well.
    { onCaughtError: () => undefined },
  );
  return { ...parts, ...view };
}
