import type { Clock } from "@trenddojo/brokers/domain";
import { createContext, use } from "react";
import { useStore } from "./createStore.ts";
import type { Store } from "./createStore.ts";
import type { Ticker } from "./createTicker.ts";
import type { LinkState } from "./linkWatch.ts";
import type { Preferences } from "./preferences.ts";
import type { QuoteFeed } from "./quoteFeed.ts";
import type { QuoteStore } from "./quoteStore.ts";
import type { Toasts } from "./toasts.ts";

/** What the page owns besides the server's state: made once by main.tsx and handed down. */
export interface Desk {
  readonly clock: Clock;
  /** One beat a second, for ages. */
  readonly ticker: Ticker;
  readonly quotes: QuoteStore;
  readonly quoteFeed: QuoteFeed;
  readonly preferences: Store<Preferences>;
  readonly toasts: Toasts;
  readonly link: Store<LinkState>;
  /** True while the session has ended under an open page and nobody has signed in again. */
  readonly sessionEnded: Store<boolean>;
  /** While a command waits for a proof of its person: what tells it the outcome. */
  readonly proofAsked: Store<((proven: boolean) => void) | null>;
  /** Steps whenever something came back (the desk, a connection): what failed for the want of it is tried again. */
  readonly recoveries: Store<number>;
  /** Makes an idempotency key (UUIDv7). */
  readonly mintKey: () => string;
  /** Closes the socket, as when signing out; the next subscription opens it again. */
  readonly closeSocket: () => Promise<void>;
}

export const DeskContext = createContext<Desk | null>(null);

/** @throws Error outside the desk's provider. */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error("useDesk needs <DeskContext> above it");
  return desk;
}

/** The preferences, and a way to change some of them. */
export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  const { preferences } = useDesk();
  const current = useStore(preferences);
  return [current, (change) => preferences.set({ ...preferences.get(), ...change })];
}
