import type { Clock } from "@trenddojo/brokers/domain";
import { createStore } from "./createStore.ts";
import type { Store } from "./createStore.ts";

/** Whether the page can hear the desk. */
export type LinkState = "idle" | "connecting" | "open" | "lost";

export interface LinkWatch {
  readonly state: Store<LinkState>;
  /** Something came in, if only an answer to a ping. */
  readonly heard: () => void;
  /** What the socket says of itself. */
  socketIs(state: "idle" | "connecting" | "open", failed: boolean): void;
}

interface LinkWatchOptions {
  readonly clock: Clock;
  /** The desk is heard again after it was lost. */
  readonly onRecovered: () => void;
}

/** The socket pings every 5 s and waits 3 s for the answer: a silence of this length is no pause. */
const SILENCE_MS = 10_000;

/**
 * Judges the link by what was heard, not by what the socket says: a socket whose other end has died goes on calling
 * itself open for as long as nobody answers its goodbye.
 */
export function createLinkWatch({ clock, onRecovered }: LinkWatchOptions): LinkWatch {
  const state = createStore<LinkState>("idle");
  let socketOpen = false;
  let timer: Disposable | undefined;
  /** Monotonic milliseconds. */
  let heardAt = 0;

  const become = (next: LinkState) => {
    const before = state.get();
    state.set(next);
    if (before === "lost" && next === "open") onRecovered();
  };
  // A timer for each of twenty messages a second would cost more than most of them say: one looks back when it rings.
  const watchSilence = (forMs: number) => {
    timer = clock.setTimer(forMs, () => {
      const leftMs = heardAt + SILENCE_MS - clock.monotonic();
      if (leftMs > 0) return watchSilence(leftMs);
      timer = undefined;
      become("lost");
    });
  };
  const hear = () => {
    heardAt = clock.monotonic();
    if (timer === undefined) watchSilence(SILENCE_MS);
  };
  const stopWatching = () => {
    timer?.[Symbol.dispose]();
    timer = undefined;
  };

  return {
    state,
    heard() {
      if (!socketOpen) return;
      hear();
      become("open");
    },
    socketIs(socket, failed) {
      socketOpen = socket === "open";
      if (socketOpen) hear();
      else stopWatching();
      if (socket === "connecting") become(failed || state.get() === "lost" ? "lost" : "connecting");
      else become(socket);
    },
  };
}
