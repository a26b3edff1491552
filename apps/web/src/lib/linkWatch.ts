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

  const become = (next: LinkState) => {
    const before = state.get();
    state.set(next);
    if (before === "lost" && next === "open") onRecovered();
  };
  const watchSilence = () => {
    timer?.[Symbol.dispose]();
    timer = clock.setTimer(SILENCE_MS, () => become("lost"));
  };
  const stopWatching = () => {
    timer?.[Symbol.dispose]();
    timer = undefined;
  };

  return {
    state,
    heard() {
      if (!socketOpen) return;
      watchSilence();
      become("open");
    },
    socketIs(socket, failed) {
      socketOpen = socket === "open";
      if (socketOpen) watchSilence();
      else stopWatching();
      if (socket === "connecting") become(failed || state.get() === "lost" ? "lost" : "connecting");
      else become(socket);
    },
  };
}
