import type { Clock } from "@trenddojo/brokers/domain";
import { Latch } from "../lib/Latch.ts";

export interface StateWatch<State> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Looks at least this often, whether a change was announced or not. */
  readonly everyMs: number;
  /** Calls `listener` when something may have changed. @returns what ends it. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => Promise<State>;
  /** Two states with one key look the same to the reader. */
  readonly key: (state: State) => string;
}

/**
 * State, not events: the latest at once, then again whenever it differs from what was sent last. However often it
 * changes while the reader is away, the reader gets the newest once.
 */
export async function* watchState<State>(watch: StateWatch<State>): AsyncGenerator<State> {
  const { clock, signal, everyMs } = watch;
  const changed = new Latch(true);
  // Subscribed before the first look: what changes in between is seen by the second.
  const unsubscribe = watch.subscribe(() => changed.set());
  let timer: Disposable | null = null;
  let sent: string | null = null;
  try {
    while (await changed.wait(signal)) {
      timer?.[Symbol.dispose]();
      const state = await watch.read();
      const key = watch.key(state);
      if (key !== sent) {
        sent = key;
        yield state;
      }
      timer = clock.setTimer(everyMs, () => changed.set());
    }
  } finally {
    timer?.[Symbol.dispose]();
    unsubscribe();
  }
}
