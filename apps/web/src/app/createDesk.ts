import type { QueryClient } from "@tanstack/react-query";
import { answersFirst } from "../lib/answersFirst.ts";
import { browserClock } from "../lib/browserClock.ts";
import { browserRandom } from "../lib/browserRandom.ts";
import { createStore } from "../lib/createStore.ts";
import { createTicker } from "../lib/createTicker.ts";
import type { Desk } from "../lib/desk.ts";
import { isUnauthenticated } from "../lib/deskError.ts";
import { createLinkWatch } from "../lib/linkWatch.ts";
import { createPreferences } from "../lib/preferences.ts";
import { createQueryClient } from "../lib/queryClient.ts";
import { createQuoteFeed } from "../lib/quoteFeed.ts";
import { createQuoteStore } from "../lib/quoteStore.ts";
import { createToasts } from "../lib/toasts.ts";
import { createDeskConnection } from "../lib/trpcClient.ts";
import type { DeskClient } from "../lib/trpcClient.ts";
import { uuidV7 } from "../lib/uuidV7.ts";

interface Assembled {
  readonly desk: Desk;
  readonly client: DeskClient;
  readonly queryClient: QueryClient;
}

const TICK_MS = 1_000;

/** The one place where the page's parts are made and tied together. */
export function createDesk(page: Window): Assembled {
  const clock = browserClock;
  const frames = answersFirst(page, clock);
  const sessionEnded = createStore(false);
  const onSessionEnded = () => sessionEnded.set(true);
  const queryClient = createQueryClient({ onSessionEnded });
  const proofAsked: Desk["proofAsked"] = createStore<((proven: boolean) => void) | null>(null);
  const recoveries = createStore(0);
  const link = createLinkWatch({
    clock,
    // What changed while the page was deaf is fetched again.
    onRecovered: () => {
      void queryClient.invalidateQueries();
      recoveries.set(recoveries.get() + 1);
    },
  });
  const { client, socket } = createDeskConnection({
    random: browserRandom(page),
    origin: page.location.origin,
    onSessionEnded,
    askProof: () =>
      new Promise((resolve) => {
        // Two commands at once: one dialog answers both.
        const waiting = proofAsked.get();
        proofAsked.set((proven) => {
          proofAsked.set(null);
          waiting?.(proven);
          resolve(proven);
        });
      }),
    onMessage: link.heard,
  });
  const quotes = createQuoteStore(frames, clock);
  const quoteFeed = createQuoteFeed({
    clock,
    store: quotes,
    open: (input, events) => client.marketData.quotes.subscribe(input, events),
    onError: (error) => {
      if (isUnauthenticated(error)) onSessionEnded();
    },
  });

  socket.connectionState.subscribe({
    next: ({ state, error }) => link.socketIs(state === "pending" ? "open" : state, error !== null),
  });

  const desk: Desk = {
    clock,
    ticker: createTicker(clock, TICK_MS, frames),
    quotes,
    quoteFeed,
    preferences: createPreferences(page.localStorage),
    toasts: createToasts(clock),
    link: link.state,
    sessionEnded,
    proofAsked,
    recoveries,
    mintKey: () => uuidV7(clock.now(), (bytes) => page.crypto.getRandomValues(bytes)),
    closeSocket: () => socket.close(),
  };
  return { desk, client, queryClient };
}
