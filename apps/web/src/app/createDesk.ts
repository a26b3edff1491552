import type { QueryClient } from "@tanstack/react-query";
import { browserClock } from "../lib/browserClock.ts";
import { createStore } from "../lib/createStore.ts";
import { createTicker } from "../lib/createTicker.ts";
import type { Desk, LinkState } from "../lib/desk.ts";
import { isUnauthenticated } from "../lib/deskError.ts";
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
  const sessionEnded = createStore(false);
  const onSessionEnded = () => sessionEnded.set(true);
  const queryClient = createQueryClient({ onSessionEnded });
  const { client, socket } = createDeskConnection(page.location.origin, onSessionEnded);
  const quotes = createQuoteStore((flush) => void page.requestAnimationFrame(flush));
  const quoteFeed = createQuoteFeed({
    clock,
    store: quotes,
    open: (input, events) => client.marketData.quotes.subscribe(input, events),
    onError: (error) => {
      if (isUnauthenticated(error)) onSessionEnded();
    },
  });

  const link = createStore<LinkState>("idle");
  socket.connectionState.subscribe({
    next: ({ state, error }) => {
      const before = link.get();
      link.set(state === "pending" ? "open" : state === "idle" ? "idle" : error === null && before !== "lost" ? "connecting" : "lost");
      // What changed while the page was deaf is fetched again.
      if (before === "lost" && link.get() === "open") void queryClient.invalidateQueries();
    },
  });

  const desk: Desk = {
    clock,
    ticker: createTicker(clock, TICK_MS),
    quotes,
    quoteFeed,
    preferences: createPreferences(page.localStorage),
    toasts: createToasts(clock),
    link,
    sessionEnded,
    mintKey: () => uuidV7(clock.now(), (bytes) => page.crypto.getRandomValues(bytes)),
    closeSocket: () => socket.close(),
  };
  return { desk, client, queryClient };
}
